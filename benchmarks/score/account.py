"""Who replies when what a model writes is scored: AWS with an account, or stand-ins on this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urlsplit

import boto3

from bot.bootstrap.aws import make_client
from bot.settings import Settings
from sandbox.aws import running
from sandbox.aws.local_engines import local

STAND_IN = "stand-in, not a model"
_AMAZON = (".amazonaws.com", ".amazonaws.com.cn", ".api.aws")


@contextmanager
def account() -> Iterator[str]:
    """AWS as the environment says, or stand-ins on this machine where it holds no credentials, until the block ends.

    Gives `STAND_IN` for whatever is not Amazon's own address, else the address. Takes seconds. Raises OperatorError
    where no region is known.
    """
    if _has_credentials():
        address = str(make_client(Settings(_env_file=None), "bedrock-runtime").meta.endpoint_url)
        yield address if (urlsplit(address).hostname or "").endswith(_AMAZON) else STAND_IN
        return
    with running(engines=local) as cloud, _environment(cloud.environment):
        yield STAND_IN


def _has_credentials() -> bool:
    return "AWS_BEARER_TOKEN_BEDROCK" in os.environ or boto3.Session().get_credentials() is not None


@contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    """These variables set, and as they were afterwards."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
