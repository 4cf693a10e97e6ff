"""The error tree, sorted by who acts.

+ EarshotError
  + UserError          the person acts: its sentence is posted as it is; never retried
    - Canceled         the person asked to stop
    - LaterError       the same try may work later: the sentence is posted with a way to try again
  + RetryableError     time acts: tried again with backoff, then 'try again later' is posted
  + OperatorError      whoever runs the bot acts: neutral text and a reference in the thread, remedy in the log

Anything else that is raised is a bug: neutral text and a reference in the thread, the traceback in the log.
Every class is built from one string, because errors are stored by the durable engine as a name and a message.
"""

from __future__ import annotations


class EarshotError(Exception):
    """The root of all errors that Earshot raises on purpose."""


class UserError(EarshotError):
    """Something only the person can mend. The message is one clear sentence with a way forward, shown as it is."""


class Canceled(UserError):  # noqa: N818 - it is a wish, not an error
    """The person asked for the work to stop."""


class LaterError(UserError):
    """Nothing is wrong with what was asked for, but somebody else does not give it now: a site that refuses us."""


class RetryableError(EarshotError):
    """A fault that may pass: a busy service, a timeout, a lost connection."""


class OperatorError(EarshotError):
    """A wrong setting, a missing permission or a missing model. The message names the remedy, for the log."""
