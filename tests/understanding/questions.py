"""Questions people type, under the query that each of them must give and nothing besides."""

from datetime import date

from registry.inquiries import InquiryStatus
from registry.measures import Status
from registry.queries import Intent, Kind, Period, Query
from tests.understanding.city import CONCEPT

GREENS = "BÜNDNIS 90/DIE GRÜNEN"
MIGRATION = "Büro für Migration und Integration"
MEASURES, INQUIRIES = (Kind.MEASURE,), (Kind.INQUIRY,)
DECEMBER = Period(since=date(2026, 12, 1), until=date(2026, 12, 31))
THIS_WEEK = Period(since=date(2026, 11, 16), until=date(2026, 11, 22))
NEXT_WEEK = Period(since=date(2026, 11, 23), until=date(2026, 11, 29))
TODAY = date(2026, 11, 21)
UNTIL_YEARS_END = Period(since=TODAY, until=date(2026, 12, 31))
UNTIL_FRIDAY = Period(since=TODAY, until=date(2026, 11, 27))
SIX_MONTHS_AGO = Period(until=date(2026, 5, 21))
FIRST_QUARTER = Period(since=date(2027, 1, 1), until=date(2027, 3, 31))

# Asked on Saturday, 21 November 2026.
QUESTIONS: dict[Query, str] = {
    Query(offices=("A50",)): """
        was ist offen für A50
        what is open for A50
        offen a50
        A50
        a 50
        a-50
        Amt 50
        amt50 offen
        office 50
        Sozialamt
        Was liegt beim Sozialamt noch an?
        Was hat das Sozialamt noch offen?
        für A50 was ist offen
        was ist bei A50 offen
        was muss A50 noch erledigen
        Was gibt es für A50 zu tun?
        welche Aufgaben hat das Amt für Soziales
        des Amtes für Soziales
        amt fuer soziales
        Office for Social Affairs
        what is still open for the Office for Social Affairs?
        anything open for office 50?
        what does A50 still have to do
        whats open A50
        what's pending for A50
        was ist open für das sozialamt
        Hi, could you please tell me what is open for A50? Thanks!
        moin, A50 offen?
        ähm ja also was ist denn bei A50 gerade noch offen bitte
        zeig mir mal A50
        was ist mit A50
        A50 nicht erledigt
        was ist in A50 noch nicht fertig
        offne a50
        ofene A50
        ofen A50
        opne A50
        was hat A50 noch zu liefern
        what needs to be delivered by A50
        \u041050 offen
        A50 🙂
        """,
    Query(offices=("A51",)): """
        Könnten Sie mir bitte sagen, was beim Jugendamt noch offen ist?
        Jugendamts
        des Jugendamtes
        Guten Morgen, was ist denn für das Jugendamt noch offen, bitte?
        what is open for the youth office
        dezernat 5 jugendamt
        jugendamt im dezernat 5
        D05/ A51
        """,
    Query(offices=("D05",)): """
        Dezernat 5
        D5
        D05
        dez. 5
        Dezernats 05
        department 5
        was ist im Dezernat 5 offen
        """,
    Query(offices=("Ausländerbehörde",)): """
        Ausländerbehörde
        was ist in der Auslaenderbehoerde offen
        ABH offen
        open for the Foreigners Authority
        """,
    Query(offices=("A67",)): """
        Garten- und Friedhofsamt
        was ist im Garten und Friedhofsamt offen
        was steht beim Garten- und Friedhofsamt an
        """,
    Query(offices=("A11",)): "Personal- und Organisationsamt\n personalamt \n was muss das Personalamt noch machen",
    Query(offices=(MIGRATION,)): "Büro für Migration und Integration\n offen im buero fuer migration und integration",
    Query(offices=("A50", "A51")): "offen für A50 und A51\n A50, A51\n A50/A51\n Sozialamt und Jugendamt",
    Query(offices=("D05", "A51")): "D05 und A51",
    Query(offices=("OB",)): "OB\n was ist für OB offen",
    Query(): """
        ich möchte wissen was offen ist
        tell us what is open
        kann ich sehen, was offen ist
        was ist offen
        was ist noch zu tun
        what is open?
        offen
        ob noch was offen ist
        zeige alles offene
        """,
    Query(offices=("A51",), kinds=INQUIRIES): """
        offene Fragen Jugendamt
        ofene fragn jugendamt
        open questions for the youth office
        fragen jugendamt
        jugendamt fragen
        zeig mir die offenen Fragen vom Jugendamt
        welche Anfragen liegen beim Jugendamt?
        Was muss das Jugendamt noch beantworten?
        """,
    Query(offices=("D05",), kinds=INQUIRIES): "open inquiries D05\n offene fragen dezernat 5\n D5 questions",
    Query(offices=("D05",), kinds=MEASURES): """
        offene Maßnahmen Dezernat 5
        offene massnahmen dez. 5
        masnahmen D05
        open measures of department 5
        """,
    Query(offices=("A50",), kinds=INQUIRIES): """
        OFFENE FRAGEN A50!!!
        A50 offen fragen
        show offene fragen A50
        offne fragen a50
        Welche Fragen sind offen und für A50?
        wie viele offene Fragen hat A50
        anzahl offener fragen A50
        was muss A50 noch beantworten
        was hat A50 zu beantworten
        noch zu beantworten A50
        zu beantwortende Fragen A50
        to be answered A50
        what does A50 still have to answer
        questions A50 has not answered
        unbeantwortete Fragen A50
        alle unbeantworteten Fragen A50
        unanswered questions of A50
        was ist bei A50 noch nicht beantwortet
        welche Fragen müssen von A50 noch beantwortet werden
        """,
    Query(
        offices=("A50",), kinds=(Kind.INQUIRY, Kind.MEASURE)
    ): "Fragen und Maßnahmen A50\n questions and measures A50",
    Query(kinds=INQUIRIES): "offene fragen\n wie viele fragen sind offen\n may i see open questions\n questions",
    Query(kinds=MEASURES): """
        Was ist noch nicht umgesetzt?
        noch nicht umgesetzt
        not yet implemented
        nicht vollständig umgesetzte Maßnahmen
        not fully implemented
        was ist noch immer nicht umgesetzt
        was ist noch umzusetzen
        was muss noch umgesetzt werden
        to be implemented
        what is left to implement
        """,
    Query(kinds=(Kind.MANDATE,)): "Prüfaufträge\n offene prüfaufträge\n open mandates",
    Query(field=2): "HF 2\n hf2\n Handlungsfeld 2\n field 2\n field of action 2\n antidiskriminierung\n offen HF 02",
    Query(field=3): "Sprache\n was ist offen im Handlungsfeld Sprache",
    Query(field=4, kinds=MEASURES): "maßnahmen für Kinder\n Maßnahmen Kinder, Jugend und Familie\n HF 4 Maßnahmen",
    Query(field=2, kinds=MEASURES): "liste die maßnahmen in HF 2\n masnahmen HF 2\n list measures of field 2",
    Query(field=3, offices=("A50",), kinds=INQUIRIES): "Sprache A50 fragen\n offene fragen A50 HF 3",
    Query(recommendation=(1, 5)): """
        HF1 E5
        1.5
        Empfehlung 1.5
        HF 1 Empfehlung 5
        Empfehlung 5 in Handlungsfeld 1
        recommendation 5 of field 1
        """,
    Query(originator=GREENS): "Grüne\n gruene\n was ist von den Grünen offen\n Fraktion Bündnis 90/Die Grünen",
    Query(originator=GREENS, kinds=INQUIRIES): "Fragen der Grünen\n offene Fragen der Fraktion Bündnis 90/Die Grünen",
    Query(originator="SPD", kinds=INQUIRIES): "fragen der SPD\n questions from the SPD\n Anfragen der Fraktion SPD",
    Query(originator=GREENS, field=3, kinds=INQUIRIES): "Fragen von den Grünen zu Sprache",
    Query(concept=CONCEPT): "Integrationskonzept\n was ist im Integrationskonzept offen\n des Integrationskonzepts",
    Query(intent=Intent.OVERDUE): """
        überfällig
        ueberfaellig
        überfälig
        ueberfallig
        Was ist überfällig?
        overdue
        whats overdeu
        is anything overdue?
        was ist zu spät
        offen und überfällig
        überfällige Fristen
        """,
    Query(intent=Intent.OVERDUE, offices=("A50",)): """
        was ist beim sozialamt überfällig
        überfällig A50
        anything overdue for A50
        what's late for A50
        """,
    Query(intent=Intent.OVERDUE, offices=("A50",), kinds=INQUIRIES): "überfällige Fragen A50\n A50 overdue questions",
    Query(intent=Intent.OVERDUE, offices=("A51", "A50")): "Jugendamt und Sozialamt überfällig",
    Query(
        intent=Intent.OVERDUE, period=Period(since=date(2026, 10, 1))
    ): "überfällig seit 1.10.\n overdue since october",
    Query(
        intent=Intent.DEADLINES
    ): "Fristen\n frist\n deadlines\n nächste Fristen\n next deadlines\n was ist fällig\n frsiten",
    Query(intent=Intent.DEADLINES, offices=("A11",), period=DECEMBER): """
        fristen im dezember A11
        A11 Fristen Dezember
        deadlines in december for A11
        fristn dezmber A11
        A11 im Dezember
        """,
    Query(
        intent=Intent.DEADLINES, period=DECEMBER
    ): "fällig im Dezember\n what is due in december\n deadlines im Dezember\n Dezember",
    Query(intent=Intent.DEADLINES, period=THIS_WEEK): "what's due this week\n Fristen diese Woche\n diese Woche fällig",
    Query(
        intent=Intent.DEADLINES, period=NEXT_WEEK
    ): "was ist nächste Woche fällig\n due next week\n fällig nächste wohce",
    Query(intent=Intent.DEADLINES, period=UNTIL_YEARS_END): """
        was wird bis 31.12. fällig
        fristen bis Jahresende
        deadlines until 31 December
        deadlines until 12/31/2026
        bis 31/12/2026 fällig
        bis Ende des Jahres
        """,
    Query(intent=Intent.DEADLINES, period=UNTIL_FRIDAY): "was ist bis Freitag fällig\n what is due by friday",
    Query(
        intent=Intent.DEADLINES, period=FIRST_QUARTER
    ): "fristen Q1\n Fristen 1. Quartal\n deadlines first quarter of 2027",
    Query(intent=Intent.DEADLINES, period=Period(since=date(2026, 11, 21), until=date(2026, 12, 5))): """
        fällig in den nächsten 14 Tagen
        Fristen innerhalb von zwei Wochen
        due in the next 2 weeks
        """,
    Query(
        intent=Intent.DEADLINES, offices=("A50",), period=Period(since=date(2026, 11, 21), until=date(2026, 12, 21))
    ): """
        next 30 days A50
        A50 in den nächsten 30 Tagen
        """,
    Query(intent=Intent.OVERDUE, period=SIX_MONTHS_AGO): """
        überfällig seit 6 Monaten
        seit mehr als sechs Monaten überfällig
        überfällig seit mindestens 6 Monaten
        länger als 6 Monate überfällig
        overdue since 6 months
        overdue for 6 months
        overdue for more than 6 months
        over six months overdue
        """,
    Query(intent=Intent.OVERDUE, offices=("A50",), period=Period(until=date(2024, 11, 21))): """
        seit 2 Jahren überfällig A50
        overdue for two years A50
        """,
    Query(intent=Intent.OVERDUE, period=Period(until=date(2025, 11, 21))): """
        overdue for more than one year
        more than a year overdue
        überfällig seit über einem Jahr
        """,
    Query(intent=Intent.OVERDUE, period=Period(until=date(2026, 11, 27))): "überfällig bis Freitag",
    Query(
        intent=Intent.DEADLINES, period=Period(since=TODAY, until=date(2027, 5, 1))
    ): "bis 1.5. fällig\n fristen bis zum 1. Mai",
    Query(
        period=Period(since=date(2027, 5, 1), until=date(2027, 5, 1))
    ): "was ist am 1.5. offen\n what is open on 1 May",
    Query(offices=("A51",), period=UNTIL_YEARS_END): "was muss das Jugendamt bis Ende Dezember liefern",
    Query(
        intent=Intent.DEADLINES, kinds=(Kind.MILESTONE,), period=DECEMBER
    ): "termine im dezember\n milestones in December",
    Query(intent=Intent.DEADLINES, kinds=(Kind.MILESTONE,)): "Termine\n meilensteine",
    Query(intent=Intent.SUMMARY): """
        wie weit sind wir
        Stand
        wo stehen wir?
        where do we stand
        how far are we
        Überblick
        summary
        Stand je Handlungsfeld
        wie stehen wir da
        how do we stand
        """,
    Query(intent=Intent.SUMMARY, kinds=MEASURES): """
        wie viele maßnahmen gibt es
        how many measures are there
        Anzahl Maßnahmen
        number of measures
        """,
    Query(
        intent=Intent.SUMMARY, kinds=INQUIRIES, offices=("A50",)
    ): "wie viele Fragen hat A50\n how many questions A50",
    Query(intent=Intent.SUMMARY, field=2): "stand HF 2\n status HF 2\n sumary HF 2\n how far are we with field 2",
    Query(
        intent=Intent.SUMMARY, field=3
    ): "Stand Sprache\n wie ist der stand im handlungsfeld sprache\n wie weit ist HF 3",
    Query(intent=Intent.SUMMARY, offices=("A50",)): """
        Stand A50
        Sachstand A50
        wie weit ist das Sozialamt
        wie sieht es bei A50 aus
        where does A50 stand
        """,
    Query(intent=Intent.SUMMARY, programme="KommA"): "stand KommA\n stand programm komma",
    Query(intent=Intent.SUMMARY, recommendation=(1, 5)): "stand 1.5\n wie weit ist Empfehlung 1.5",
    Query(intent=Intent.SHOW, ref="1.5.M1"): """
        1.5.M1
        1.5.m1
        HF1 E5 M1
        maßnahme 1.5.1
        measure 1.5.M1
        Handlungsfeld 1 Empfehlung 5 Maßnahme 1
        HF1/E5/M1
        zeige 1.5.M1
        was ist mit 1.5.M1?
        stand 1.5.M1
        wann ist 1.5.M1 fällig?
        ist 1.5.M1 noch offen
        1.5.\u041c1
        ist 1.5.M1 schon umgesetzt?
        has 1.5.M1 been fully implemented
        1.5.M1 umgesetzt?
        ist 1.5.M1 erledigt?
        ist 1.5.M1 noch nicht umgesetzt
        who leads 1.5.M1
        wer leitet 1.5.M1
        welche Ämter sind an 1.5.M1 beteiligt
        which office is responsible for 1.5.M1
        alles zu 1.5.M1
        """,
    Query(intent=Intent.SHOW, ref="1.5.M1", kinds=INQUIRIES): "Fragen zu 1.5.M1\n questions about 1.5.M1",
    Query(intent=Intent.SHOW, ref="Q12"): """
        Q12
        q 12
        frage 12
        question 12
        zeig mir frage 12
        wer ist für Q12 zuständig?
        bis wann ist Q12 offen
        is Q12 answered?
        ist Q12 schon beantwortet
        ist Q12 erledigt
        """,
    Query(intent=Intent.SHOW, ref="Q1"): "zeige Q1\n frage 1\n show Q1",
    Query(intent=Intent.SHOW, ref="0112/23"): "0112/23\n drucksache 112/23\n ds 112/23\n zeige Vorlage 0112/23",
    Query(intent=Intent.SHOW, ref="0112/23-E1"): "0112/23-E1\n ds 0112/23 E1",
    Query(intent=Intent.SHOW, programme="KommA"): "KommA\n Programm KommA\n zeige komma",
    Query(intent=Intent.SHOW, ref="KommA.1a"): "KommA.1a\n komma modul 1a\n zeige KommA 1a",
    Query(intent=Intent.SHOW, programme="Kommunen für alle?"): """
        Kommunen für alle?
        kommunen fuer alle
        ECCAR
        Programm eccar
        show ECCAR
        """,
    Query(intent=Intent.HISTORY, programme="KommA"): """
        Verlauf KommA
        Verlauf Programm KommA
        history of KommA
        wer hat KommA geändert
        """,
    Query(intent=Intent.HISTORY, ref="Q12"): "verlauf Q12\n verlauff Q12\n history of Q12\n wer hat Q12 geändert",
    Query(intent=Intent.HISTORY, ref="1.5.M1"): "was wurde an 1.5.M1 geändert\n 1.5.M1 historie\n changes to 1.5.M1",
    Query(intent=Intent.SEARCH, words="sprachkurs"): """
        suche sprachkurs
        suche nach sprachkurs
        such bitte mal nach sprachkurs
        search for sprachkurs
        finde sprachkurs!
        kannst du nach sprachkurs suchen
        look for sprachkurs please
        """,
    Query(intent=Intent.SEARCH, words="Kurse für Eltern"): 'suche „Kurse für Eltern“\n search for "Kurse für Eltern"',
    Query(intent=Intent.SEARCH, words="sprachkurs", kinds=INQUIRIES): "suche fragen zu sprachkurs",
    Query(
        intent=Intent.SEARCH, words="sprachkurs", offices=("A50",)
    ): "suche sprachkurs A50\n suche sprachkurs im Sozialamt",
    Query(intent=Intent.SEARCH, words="Jugendamt"): "suche Jugendamt",
    Query(intent=Intent.SEARCH, words="1.5.M1"): "suche 1.5.M1",
    Query(intent=Intent.SEARCH, words="nicht öffentlich"): "suche nicht öffentlich",
    Query(intent=Intent.OWING): """
        wer schuldet noch was
        Wer schuldet noch eine Zuarbeit?
        wer hat noch nicht geliefert
        who still owes something
        which offices still owe contributions
        fehlende Zuarbeiten
        wer schuldet uns noch was
        who owes us something
        welche Ämter schulden noch Zuarbeiten
        """,
    Query(intent=Intent.OWING, kinds=INQUIRIES): """
        welche Ämter haben noch offene Fragen
        which offices have open questions
        """,
    Query(intent=Intent.OWING, offices=("A50",)): "was schuldet A50 noch\n Zuarbeiten Sozialamt",
    Query(unrouted=True, kinds=INQUIRIES): """
        which questions have no office
        welche fragen haben kein amt
        Fragen ohne Amt
        fragen ohne zuständigkeit
        unassigned questions
        noch nicht zugeordnete Fragen
        """,
    Query(unrouted=True): "ohne zuständigkeit\n unrouted\n nicht zugewiesen",
    Query(in_review=True): "waiting for review\n in prüfung\n was wartet auf freigabe",
    Query(in_review=True, kinds=INQUIRIES): "fragen zur prüfung\n questions under review",
    Query(statuses=(Status.PARTLY,), kinds=MEASURES): "teilweise umgesetzte Maßnahmen\n partly implemented measures",
    Query(statuses=(Status.PARTLY,), kinds=MEASURES, field=3): "partly implemented measures in field 3",
    Query(statuses=(Status.NOT_IMPLEMENTED,)): "not implemented\n nicht umgesetzt",
    Query(statuses=(Status.NOT_IMPLEMENTED,), kinds=MEASURES, offices=("D05",)): "nicht umgesetzte Maßnahmen D05",
    Query(statuses=(Status.UNCLEAR,), kinds=MEASURES): "Maßnahmen mit unklarem Status",
    Query(statuses=(Status.UNCLEAR,)): "unklar\n unclear\n mit status unklar",
    Query(intent=Intent.SEARCH, statuses=(Status.DISCARDED,)): "verworfen\n discarded",
    Query(intent=Intent.SEARCH, statuses=(Status.FULLY,), kinds=MEASURES): """
        vollständig umgesetzte Maßnahmen
        fully implemented measures
        erledigte maßnahmen
        umgesezte Maßnahmen
        """,
    Query(intent=Intent.SEARCH, inquiry_statuses=(InquiryStatus.ANSWERED,), kinds=INQUIRIES): """
        beantwortete Fragen
        answered questions
        erledigte fragen
        """,
    Query(intent=Intent.SEARCH): "alles\n everything",
    Query(intent=Intent.SEARCH, offices=("D01",)): "alles zu D01\n everything for D01\n alles für das Dezernat 1",
    Query(intent=Intent.SEARCH, kinds=MEASURES, field=2): "alle maßnahmen HF 2\n all measures of field 2",
    Query(intent=Intent.SEARCH, kinds=(Kind.PAPER,)): "drucksachen\n welche drucksachen gibt es\n council papers",
    Query(intent=Intent.SEARCH, kinds=(Kind.PAPER,), originator="SPD"): "drucksachen der spd",
    Query(intent=Intent.SEARCH, kinds=(Kind.PROGRAMME,)): "programme\n welche Programme gibt es",
    Query(intent=Intent.SEARCH, kinds=MEASURES, is_new=True): "neue Maßnahmen\n new measures",
    Query(intent=Intent.SEARCH, changed_since=date(2026, 11, 16)): """
        was hat sich seit Montag geändert
        changed since monday
        what changed this week
        """,
    Query(intent=Intent.SEARCH, changed_since=date(2026, 11, 20)): "was ist neu seit gestern\n Änderungen seit gestern",
    Query(intent=Intent.SEARCH, changed_since=date(2026, 11, 9), offices=("A50",)): "änderungen seit letzter woche A50",
    Query(intent=Intent.MINE, offices=("A51",)): """
        meine
        mine
        was ist für mich offen
        my open tasks
        was hat mein Amt offen
        was muss ich noch machen
        was habe ich noch offen
        was müssen wir noch erledigen
        was haben wir offen
        was ist bei uns offen
        was fehlt uns noch
        zeig mir, was uns noch fehlt
        Ich möchte wissen, was ich noch offen habe
        what do I still have to do
        what do we have open
        can you tell me what I still have to do
        what do I owe
        was schulde ich noch
        what's on our plate
        """,
    Query(intent=Intent.MINE, offices=("A51",), kinds=INQUIRIES): """
        meine fragen
        my open questions
        welche Fragen muss ich noch beantworten
        """,
    Query(intent=Intent.MINE, offices=("A51",), period=UNTIL_FRIDAY): "was muss ich bis Freitag machen",
    Query(intent=Intent.OVERDUE, offices=("A51",)): "meine überfälligen\n was ist bei mir überfällig",
    Query(
        intent=Intent.DEADLINES, offices=("A51",), period=THIS_WEEK
    ): "meine fristen diese woche\n my deadlines this week\n was ist bei uns diese Woche fällig",
}

OWN_OFFICES = ("A51",)

PHRASINGS = [
    (phrasing.strip(), query)
    for query, lines in QUESTIONS.items()
    for phrasing in lines.splitlines()
    if phrasing.strip()
]
