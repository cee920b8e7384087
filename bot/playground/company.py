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
    youth: Someone
    others: Someone
    places: tuple[tuple[Room, int | None], ...]

    @property
    def cast(self) -> tuple[Part, ...]:
        return (
            Part(self.editor.id, "editor"),
            Part(self.youth.id, "youth"),
            Part(self.others.id, "others"),
            Part(self.coordinator.id, "coordinator"),
            Part(self.admin.id, "admin"),
            Part(self.stranger.id, "stranger"),
        )


def gather(town: Town) -> Company:
    """Six made-up persons, their private chats, a group, a forum topic and a channel."""
    names = ("Kim", "Sascha", "Robin", "Toni", "Alex", "Mika")
    editor, coordinator, admin, stranger, youth, others = people = [town.person(name) for name in names]
    staff = (admin, coordinator, editor, youth)
    for person in people:
        town.private(person)
    team = town.group("Team Soziales", *staff)
    forum = town.group("Integration im Rathaus", *staff, forum=True)
    topic = town.topic(forum, "Fristen und Zuarbeiten")
    channel = town.channel("Rathaus aktuell", admin)
    channel.members |= {editor.id: Standing.MEMBER, coordinator.id: Standing.MEMBER}
    return Company(editor, coordinator, admin, stranger, youth, others, ((team, None), (forum, topic.id)))
