"""The tree of offices over the local Bot API: read by all, changed and loaded by administrators."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from registry.people import Role
from tests.chatting import Chat, City, a_city
from tests.handlers.a_register import fill

LANGUAGES = ("de", "en")
PLACES = ("private", "group")

OFFICES = {"de": "/aemter", "en": "/offices"}
SAVE = {"de": "✓ Speichern", "en": "✓ Save"}
UNDO = {"de": "↶ Rückgängig", "en": "↶ Undo"}
TREE = """[[office]]
code = "A54"
name_de = "Sportamt"
name_en = "Sports Office"
kind = "office"
parent = "D05"

[[office]]
code = "A50"
name_de = "Amt für Soziales"
name_en = "Welfare Office"
kind = "office"
parent = "D05"
aliases = ["Amt 50", "Sozialamt"]
"""


@pytest.fixture
async def city(tmp_path: Path) -> AsyncIterator[City]:
    async with a_city(tmp_path) as running:
        await fill(running.store, with_secrets=False)
        yield running


async def an_admin(city: City, language: str, name: str = "Sascha") -> Chat:
    chat = city.chat(await city.person(name, role=Role.ADMIN, language=language))
    await chat.says("/start")
    return chat


async def codes(city: City) -> set[str]:
    return {office.code for office in await city.store.offices()}


ONE = {
    "de": "A50 · Amt für Soziales\nAmt\nDeutscher Name: Amt für Soziales\nEnglischer Name: Social Services Office\n"
    "Gehört zu: D05 · Soziales und Bildung\nWeitere Namen: Amt 50, Sozialamt\n",
    "en": "A50 · Social Services Office\nOffice\nGerman name: Amt für Soziales\nEnglish name: Social Services Office\n"
    "Below: D05 · Social Affairs\nOther names: Amt 50, Sozialamt\n",
}
KEYS = {
    "de": "[✎ Deutscher Name] [✎ Englischer Name]\n[✎ Gehört zu] [✎ Weitere Namen]\n",
    "en": "[✎ German name] [✎ English name]\n[✎ Below] [✎ Other names]\n",
}
ALL = {"de": "[Alle Ämter]", "en": "[All offices]"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", PLACES)
async def test_everybody_with_access_reads_the_tree(city: City, language: str, place: str) -> None:
    kim = await city.person("Kim", role=Role.READER, language=language)
    chat = city.chat(kim) if place == "private" else await city.group(kim)

    [tree] = await chat.says(OFFICES[language], as_=kim)
    await chat.says(f"{OFFICES[language]} A50", as_=kim)
    one = chat.screen
    [unknown] = await chat.says(f"{OFFICES[language]} A98", as_=kim)

    assert tree.split("\n")[0] == {"de": "29 Stellen", "en": "29 offices"}[language]
    assert {"de": "– A51 · Jugendamt", "en": "– A51 · Youth Welfare Office"}[language] in tree
    assert one == ONE[language] + ALL[language]
    assert unknown == {"de": "Ein Amt „A98“ kenne ich nicht.", "en": "I know no office “A98”."}[language]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_name_is_changed_told_and_taken_back(city: City, language: str) -> None:
    admin, other = await an_admin(city, language), await an_admin(city, language, "Chris")

    await admin.says(f"{OFFICES[language]} A50")
    one = admin.screen
    asked = await admin.taps({"de": "✎ Deutscher Name", "en": "✎ German name"}[language])
    [preview] = await admin.says("Sozialreferat")
    await admin.taps(SAVE[language])
    changed = (await city.store.offices())["A50"].name_de
    heard = other.text.split("\n")
    await admin.taps(UNDO[language])

    assert one == ONE[language] + KEYS[language] + ALL[language]
    assert (
        asked.split("\n")[1]
        == {
            "de": "Bitte schreiben Sie den deutschen Namen.",
            "en": "Please write the German name.",
        }[language]
    )
    assert (
        preview.split("\n")[1]
        == {
            "de": "A50 · Deutscher Name: Amt für Soziales → Sozialreferat",
            "en": "A50 · German name: Amt für Soziales → Sozialreferat",
        }[language]
    )
    assert (
        heard[0]
        == {
            "de": f"{admin.person.id} (Administration) hat das geändert:",
            "en": f"Administrator {admin.person.id} has changed this:",
        }[language]
    )
    assert (changed, (await city.store.offices())["A50"].name_de) == ("Sozialreferat", "Amt für Soziales")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_in_a_group_a_name_comes_as_a_reply(city: City, language: str) -> None:
    admin = (await an_admin(city, language)).person
    group = await city.group(admin)

    await group.says(f"{OFFICES[language]} A50", as_=admin)
    await group.taps({"de": "✎ Weitere Namen", "en": "✎ Other names"}[language], as_=admin)
    prompt = group.last
    await group.says("Sozialamt, Hilfeamt", as_=admin, reply_to=prompt)
    await group.taps(SAVE[language], as_=admin)

    assert prompt.asked == (admin.id,)
    assert (await city.store.offices())["A50"].aliases == ("Sozialamt", "Hilfeamt")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_office_moves_below_another_but_not_below_itself(city: City, language: str) -> None:
    admin = await an_admin(city, language)
    below = {"de": "✎ Gehört zu", "en": "✎ Below"}[language]

    await admin.says(f"{OFFICES[language]} A50")
    await admin.taps(below)
    await admin.taps({"de": "D01 · Oberbürgermeister", "en": "D01 · Lord Mayor"}[language])
    await admin.taps(SAVE[language])
    moved = (await city.store.offices())["A50"].parent
    ring = f'{OFFICES[language]} [[office]]\ncode = "D01"\nname_de = "x"\nkind = "department"\nparent = "A50"'
    [refused] = await admin.says(ring)

    assert moved == "D01"
    assert (
        refused.split("\n")[1]
        == {
            "de": "Ein Amt kann nicht unter sich selbst stehen.",
            "en": "An office cannot stand below itself.",
        }[language]
    )


LOADED = {
    "de": "Ämter\nA50 · Englischer Name: Social Services Office → Welfare Office\nNeu: A54 Sportamt\n\n"
    "So speichern?\n[✓ Speichern]\n[✕ So lassen]",
    "en": "Offices\nA50 · English name: Social Services Office → Welfare Office\nNew: A54 Sportamt\n\n"
    "Save this?\n[✓ Save]\n[✕ Leave it]",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("way", ["pasted after the command", "pasted", "sent as a file"])
async def test_a_tree_is_loaded_shown_told_and_taken_back(city: City, language: str, way: str) -> None:
    admin, other = await an_admin(city, language), await an_admin(city, language, "Chris")
    before = await city.store.offices()

    if way == "sent as a file":
        await admin.drops("offices.toml", TREE.encode())
    elif way == "pasted":
        await admin.says(TREE)
        await admin.taps({"de": "✓ Fertig", "en": "✓ Done"}[language])
    else:
        await admin.says(f"{OFFICES[language]}\n{TREE}")
    preview = admin.screen
    await admin.taps(SAVE[language])
    loaded, heard = await city.store.offices(), other.text
    gone = await admin.taps(UNDO[language])

    assert preview == LOADED[language]
    assert loaded["A54"].name_en == "Sports Office"
    assert {"de": "Neu: A54 Sportamt", "en": "New: A54 Sportamt"}[language] in heard
    assert {"de": "Entfällt: A54 Sportamt", "en": "Removed: A54 Sportamt"}[language] in gone
    assert list(await city.store.offices()) == list(before)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_file_that_is_no_tree_says_what_is_wrong(city: City, language: str) -> None:
    admin = await an_admin(city, language)

    [orphan] = await admin.drops("orphan.toml", TREE.replace('parent = "D05"', 'parent = "D77"').encode())
    [broken] = await admin.says(f'{OFFICES[language]} [[office]]\ncode = "A54\n')

    assert (
        orphan.split("\n")[1]
        == {
            "de": "Eines dieser Ämter ist im Verzeichnis nicht bekannt.",
            "en": "One of these offices is not in the tree.",
        }[language]
    )
    assert broken.split("\n")[0].startswith(
        {
            "de": "Zeile 2 ist nicht so geschrieben, wie es ein Ämterverzeichnis verlangt",
            "en": "Line 2 is not written as an office tree has to be",
        }[language]
    )
    assert "A54" not in await codes(city)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_coordination_reads_the_tree_and_changes_nothing_of_it(city: City, language: str) -> None:
    kim = city.chat(await city.person("Kim", role=Role.COORDINATOR, language=language))

    [pasted] = await kim.says(f"{OFFICES[language]}\n{TREE}")
    [sent] = await kim.drops("offices.toml", TREE.encode())

    assert pasted == {"de": "Das darf nur die Administration.", "en": "Only administrators may do that."}[language]
    assert (
        sent.split("\n")[0]
        == {
            "de": "Nur die Administration darf die Ämter laden.",
            "en": "Only administrators may load the offices.",
        }[language]
    )
    assert "A54" not in await codes(city)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_tree_that_changed_meanwhile_is_shown_anew(city: City, language: str) -> None:
    first, second = await an_admin(city, language), await an_admin(city, language, "Chris")
    await first.drops("offices.toml", TREE.encode())
    preview = first.last
    await second.says(f'{OFFICES[language]} [[office]]\ncode = "A55"\nname_de = "Bauamt"\nkind = "office"')
    await second.taps(SAVE[language])

    await city.restarts()
    anew = await first.taps(SAVE[language], on=preview)
    between = await codes(city)
    await first.taps(SAVE[language], on=preview)

    assert (
        anew.split("\n")[0]
        == {
            "de": "⚠ Das wurde inzwischen geändert. So sähe es jetzt aus:",
            "en": "⚠ This was changed in the meantime. This is what it would be now:",
        }[language]
    )
    assert "A54" not in between
    assert {"A54", "A55"} <= await codes(city)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_lost_the_role_after_the_preview_loads_nothing(city: City, language: str) -> None:
    admin = await an_admin(city, language)
    await admin.drops("offices.toml", TREE.encode())
    await city.store.people.set_role(admin.person.id, Role.COORDINATOR)

    await admin.taps(SAVE[language])

    assert admin.alerts == [
        {"de": "Das darf nur die Administration.", "en": "Only administrators may do that."}[language]
    ]
    assert "A54" not in await codes(city)
