"""Who may be shown what was said: words go where everybody could have read them anyway."""

from __future__ import annotations

from services.workflows.workspaces import Workspaces

# Each of them is looked up, so in larger channels nothing is shown.
_MOST_MEMBERS = 50


class Audience:
    """Decides about showing words out of one conversation in another one of the same workspace."""

    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces

    async def may_see(self, team: str, *, origin: str, shown_in: str) -> bool:
        """Whether everybody in `shown_in` may read `origin`.

        That is so in the same channel; else `origin` must be public, and the other one must have no guests and nobody
        from another organization in it, who cannot open public channels. What we cannot see, we do not take for so.
        """
        if origin == shown_in:
            return True
        directory = (await self._workspaces.of(team)).directory
        source, target = await directory.channel(origin), await directory.channel(shown_in)
        if source is None or target is None or not source.is_public or target.is_shared:
            return False
        members = await directory.members(shown_in, _MOST_MEMBERS)
        if members is None:
            return False
        people = [await directory.person(user) for user in members]
        return not any(person.is_guest or person.external for person in people if not person.is_bot)
