"""Who is in the playground at the start, and where they talk."""

from dataclasses import dataclass

from bot.playground.chats import Room, Someone, Standing
from bot.playground.page import Part
from bot.playground.town import Town


@dataclass(frozen=True)
class Company:
    """``places`` are the group and the topic the administration admits at the start."""

    editor: Someone
    coordinator: Someone
    admin: Someone
    stranger: Someone
    places: tuple[tuple[Room, int | None], ...]

    @property
    def cast(self) -> tuple[Part, ...]:
        return (
            Part(self.editor.id, "editor"),
            Part(self.coordinator.id, "coordinator"),
            Part(self.admin.id, "admin"),
            Part(self.stranger.id, "stranger"),
        )


def gather(town: Town) -> Company:
    """Four made-up persons, their private chats, a group, a forum topic and a channel."""
    editor, coordinator, admin, stranger = (town.person(name) for name in ("Kim", "Sascha", "Robin", "Toni"))
    staff = (admin, coordinator, editor)
    for person in (editor, coordinator, admin, stranger):
        town.private(person)
    team = town.group("Team Soziales", *staff)
    forum = town.group("Integration im Rathaus", *staff, forum=True)
    topic = town.topic(forum, "Fristen und Zuarbeiten")
    channel = town.channel("Rathaus aktuell", admin)
    channel.members |= {editor.id: Standing.MEMBER, coordinator.id: Standing.MEMBER}
    return Company(editor, coordinator, admin, stranger, ((team, None), (forum, topic.id)))
