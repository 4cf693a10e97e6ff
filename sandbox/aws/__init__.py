"""Stand-ins for the AWS services that Earshot uses, on this machine.

`async with aws() as cloud:` starts them; a program with `cloud.environment` in its environment talks to them instead
of the real ones. `python -m sandbox.aws` runs them as a process.
"""

from sandbox.aws.cloud import Cloud, aws, running
from sandbox.aws.conversation import Conversation
from sandbox.aws.engines import Engines, Heard, HeardWord, Turn
from sandbox.aws.replies import Reply
from sandbox.aws.scripted import dialogue

__all__ = ["Cloud", "Conversation", "Engines", "Heard", "HeardWord", "Reply", "Turn", "aws", "dialogue", "running"]
