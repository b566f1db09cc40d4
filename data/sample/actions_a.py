"""The sample's current actions for objective A."""

# One thing a line: sentences cut to fit a width are hard to read and to mend.
# ruff: noqa: E501
# fmt: off

from data.sample import trust as t
from data.sample.doing import Action, Proof, Said, Step

_ALL = "; ".join(t.SCHOOLS)
_PRIMARIES = "; ".join(t.PRIMARIES)
_ED, _WE, _PE, _IN = "Exceptional Education", "Exceptional Welfare", "Exceptional People", "Exceptional Infrastructure"

ACTIONS_A = [
    Action(
        "A-05", "Breakfast club at Hazel Grange, five mornings a week", "2025-10-06", "2026-03-27", t.NASREEN,
        supporters=f"{t.SAFFRON}; {t.HALFPENNY}", schools=t.HAZEL, statements="5; 6", strand=_WE, priorities="1", moves="K-W03; K-A01",
        different="Any child at Hazel Grange can eat before lessons, every day of the week.", risk=(4, 4, "treat"), small_talk=4,
        change=6.0, change_by="2027-03-25", hours=380, cost=14500,
        confidence=("medium", "The kitchen is ready; the cook is not yet ours.", "2026-11-06"),
        steps=(Step("Kitchen passes its check", "2025-11-28", "2025-12-02"), Step("Three mornings a week", "2026-01-16", "2026-01-20"), Step("Cook appointed", "2026-07-03"), Step("Five mornings a week", "2026-10-02")),
        said=(
            Said("2025-10-10", "Forty families said yes on the first form. Halfpenny Foods will give cereal and fruit for the year.", "on track", 10),
            Said("2026-01-20", "Open three mornings with twenty-six children. Mondays are the busiest by far.", "on track", 45),
            Said("2026-03-20", "Our cook has moved away. Three mornings can go on with volunteers but five cannot.", "at risk", 55, due="2026-07-17", why="staff change", block="No cook", then="Advertise with the college"),
            Said("2026-07-14", "Two people interviewed and neither could start before half past eight. Saffron Table may lend a cook in autumn.", "at risk", 60, due="2026-10-02", why="waiting for partner", then="Saffron Table to confirm in September"),
            Said("2026-09-22", "Saffron Table's cook can do four mornings. Tuesdays are still open.", "at risk", 75, help="Somebody with a food hygiene certificate, Tuesdays from seven"),
            Said("2026-11-05", "Four mornings running well with fifty-one children. A parent is taking her certificate for Tuesdays.", "at risk", 85),
        ),
    ),
    Action(
        "A-06", "PACT-wide handover for every Year 6 pupil", "2025-09-15", "2026-07-10", t.IDRIS,
        supporters=t.EARLY_HELP, schools=_ALL, pillars="1", statements="4; 5", strand=_ED, moves="K-A09",
        different="No child starts Year 7 as a stranger on paper.", evidence="Handover sheets, signed by both schools", small_talk=2,
        change=15.0, change_by="2026-08-31", hours=160, cost=600, carried="A-03", outcome="Nearly every Year 6 pupil was talked through before September. Receiving schools have asked for the same sheet next year.",
        proofs=(Proof("The one sheet that twelve secondary schools agreed", "2026-02-06", "https://example.org/handover/one-sheet"),),
        confidence=("high", "Every school has held its meetings.", "2026-07-14"),
        steps=(Step("One sheet agreed with twelve secondary schools", "2026-01-30", "2026-02-03"), Step("Conversations booked", "2026-05-22", "2026-05-19"), Step("Every Year 6 pupil talked through", "2026-07-10", "2026-07-14")),
        said=(
            Said("2025-10-07", "Carried on from A-03. Twelve secondary schools take our children, so one sheet has to suit them all.", "on track", 10),
            Said("2026-02-03", "Sheet agreed: one page, strengths first. Two schools asked for a line about who the child walks in with.", "on track", 40),
            Said("2026-05-19", "All conversations booked, half of them by telephone because nobody can leave school in June.", "on track", 70),
            Said("2026-07-14", "Done but for late arrivals. Receiving schools say it is the first handover they have read twice.", "done", 100),
        ),
    ),
    Action(
        "A-07", "Careers fair with local employers at St Agnes", "2026-03-02", "2027-03-04", t.DANIEL,
        supporters=f"{t.TERN}; {t.HALFPENNY}; {t.COLLEGE}", schools=t.AGNES, statements="4; 5", strand=_ED, priorities="3", moves="K-A10",
        different="Every Year 9 and 10 pupil talks to five people about their work.", visibility="public", small_talk=1,
        change=1.0, change_by="2027-03-25", hours=90, cost=1200,
        confidence=("low", "Nothing heard since the summer and the hall must be booked by December.", "2026-11-06"),
        steps=(Step("Date and hall held", "2026-06-26", "2026-06-23"), Step("Twenty employers said yes", "2026-12-11"), Step("The fair", "2027-03-04")),
        said=(
            Said("2026-03-17", "Pupils voted for kitchens, ambulances, games and law. Letters to thirty employers go out after Easter.", "on track", 10),
            Said("2026-05-12", "Eleven employers have said yes. Tern and Holloway offer to bring an apprentice from our own Year 11.", "on track", 30),
            Said("2026-07-10", "Date and hall are held. List of stalls to follow at the beginning of term.", "on track", 40, then="Chase nineteen employers in September"),
        ),
    ),
    Action(
        "A-08", "Mentors for Year 10 from local firms", "2026-01-12", "2027-05-28", t.JOANNA, led_by=t.TERN,
        supporters=t.HALFPENNY, schools=t.AGNES, pillars="1", statements="5; 8", strand=_ED, others=_PE, priorities="3",
        different="Thirty pupils have an adult at work who knows their name.", visibility="public", small_talk=2,
        hours=240, set_by=t.TERN, carried="B-04",
        steps=(Step("First fifteen pairs", "2026-10-16", "2026-10-13"), Step("Thirty pairs", "2027-03-19")),
        said=(
            Said("2026-02-10", "Carried on from B-04. Checks for mentors now take two weeks because the college helps with forms.", percent=10, by=t.HARPREET),
            Said("2026-06-09", "Eighteen mentors ready. We are pairing by what makes people laugh, not by subject.", percent=35, by=t.HARPREET),
            Said("2026-10-13", "Fifteen pairs met over pizza. Two swapped on the night, which was the point of the pizza.", percent=50, by=t.HARPREET, by_link=True),
        ),
    ),
    Action(
        "A-09", "Attendance talks at the gate, in home languages", "2025-11-03", "2027-03-19", t.SUKHVINDER,
        supporters=f"{t.RESIDENTS}; {t.MOSQUE}", schools=f"{t.DAMSON}; {t.CANAL}; {t.LANTERN}", pillars="1", statements="1; 6", strand=_WE, priorities="2", moves="K-A01; K-A02",
        different="Families hear early, kindly and in their own language when days are adding up.", small_talk=3,
        change=0.8, change_by="2027-07-21", hours=300, cost=2200,
        confidence=("medium", "Well liked; the figures move slowly.", "2026-10-16"),
        steps=(Step("Eight parents trained", "2026-01-30", "2026-01-27"), Step("Running in two schools", "2026-04-24", "2026-04-21"), Step("Running in three schools", "2026-10-09", "2026-10-06"), Step("Review with families", "2027-03-05")),
        said=(
            Said("2025-11-18", "Eight parents would like to do this in six languages. Training begins with what not to say.", "on track", 10),
            Said("2026-01-27", "Eight trained. They added a page of their own about grandparents abroad and cheap flights in June.", "on track", 30),
            Said("2026-04-21", "Two schools. Most families had no idea that odd days reach ten per cent so quickly.", "on track", 50),
            Said("2026-10-06", "Lantern Hill has begun. Winter is the test: last year we lost ground between November and February.", "on track", 65),
        ),
    ),
    Action(
        "A-10", "A welcome call on the first day of any absence", "2025-09-08", "2026-05-22", t.IDRIS,
        schools=_ALL, statements="4; 6", strand=_WE, moves="K-A02",
        different="Every family gets a friendly call before ten on the first day.", evidence="Call logs from seven offices", visibility="leaders", small_talk=2,
        change=-2.0, change_by="2026-07-20", hours=900, outcome="Nine families in ten are rung on the first day. Persistent absence has hardly moved, so the call alone is not enough.",
        steps=(Step("Script written with office teams", "2025-10-17", "2025-10-14"), Step("In use in all schools", "2026-01-16", "2026-01-13"), Step("Checked in spring", "2026-05-15", "2026-05-12")),
        said=(
            Said("2025-10-14", "Office teams rewrote our script in an hour. It now begins with how are you, and means it.", "on track", 25),
            Said("2026-01-13", "In use in every school. Mondays take two people for the first hour.", "on track", 70),
            Said("2026-05-12", "Spring check: nine in ten first-day absences had a call. Persistent absence has hardly moved, so the call is not enough.", "done", 100),
        ),
    ),
    Action(
        "A-11", "Calm starts: one routine for pupils close to suspension", "2025-11-10", "2026-07-03", t.IDRIS,
        supporters=t.KITE, schools=f"{t.AGNES}; {t.DAMSON}", statements="4", strand=_ED, others=_WE, moves="K-A04",
        different="A hard morning ends in a lesson, not at home.", risk=(4, 5, "treat"), visibility="leaders", small_talk=2,
        change=-0.4, change_by="2027-03-25", hours=420, cost=9000,
        confidence=("low", "Suspensions are rising while we wait for training.", "2026-11-06"),
        steps=(Step("Routine written with pupils", "2026-02-06", "2026-02-10"), Step("Room ready at St Agnes", "2026-05-15", "2026-05-19"), Step("All form tutors trained", "2026-10-23")),
        said=(
            Said("2025-11-25", "Pupils say mornings go wrong before the bell: buses, breakfast, and who is standing at the door.", "on track", 10),
            Said("2026-02-10", "Routine written with eleven pupils who know more about this than we do.", "on track", 30),
            Said("2026-06-23", "Room open since May. Training for tutors clashed with exams and is twice the size we planned.", "at risk", 50, due="2026-10-23", why="wider than thought"),
            Said("2026-10-13", "Half the tutors trained. The trainer's second date fell through; November dates asked for.", "at risk", 65, block="Trainer's dates"),
        ),
    ),
    Action(
        "A-12", "Home visits before Reception", "2026-04-20", "2026-09-25", t.THUY,
        supporters=t.HEALTH, schools=_PRIMARIES, pillars="1", statements="1; 6", strand=_ED, moves="K-A05",
        different="Every new family has met us at their own table.", evidence="Visit register, counts by school", small_talk=1,
        change=2.0, change_by="2027-08-31", hours=560, cost=1800, outcome="Reception staff knew 289 families before the first day, and eleven asked for help there and then.",
        proofs=(Proof("Visits made, by school: counts and no names", "2026-09-25", "https://example.org/reception/visits-2026"),),
        steps=(Step("Staff briefed, in pairs", "2026-06-12", "2026-06-09"), Step("All families offered a visit", "2026-07-10", "2026-07-07"), Step("All visits made", "2026-09-25", "2026-09-23")),
        said=(
            Said("2026-06-09", "All staff briefed. We go in pairs, stay half an hour, bring a book and take off our shoes.", "on track", 30),
            Said("2026-07-07", "Everyone has been offered a visit. Two families in ten would rather meet in the park, so we do.", "on track", 60),
            Said("2026-09-23", "Two hundred and eighty-one visits made, eight families seen in the park and three still abroad.", "done", 100),
        ),
    ),
    Action(
        "A-13", "Speech and language drop-in at three schools", "2026-01-19", "2027-02-12", t.GRACE, led_by=t.KITE,
        supporters=t.HEALTH, schools=f"{t.LANTERN}; {t.MILL}; {t.HAZEL}", pillars="1; 2", statements="5; 6", strand=_WE, moves="K-A05",
        different="Parents can ask a therapist without waiting a year.", risk=(5, 4, "transfer"), small_talk=2,
        change=1.5, change_by="2027-08-31", hours=110, set_by=t.HEALTH,
        confidence=("low", "No post, no drop-in.", "2026-10-23"),
        steps=(Step("Rooms agreed", "2026-03-20", "2026-03-17"), Step("First drop-in", "2026-06-19", "2026-06-16"), Step("Monthly in three schools", "2027-02-05")),
        said=(
            Said("2026-02-03", "Three schools have offered a room with small chairs and no telephone.", "on track", 10),
            Said("2026-06-16", "First drop-in at Lantern Hill: fourteen parents in two hours, and tea ran out.", "on track", 35),
            Said("2026-09-29", "The therapist's post is frozen until the new budget. We cannot offer dates to parents.", "blocked", 35, block="Therapist's post frozen by the health service", help="Anyone who knows a therapist with a free half day"),
            Said("2026-10-20", "Still frozen. We wrote together to the health board, with the fourteen parents' words.", "blocked", 35, block="Therapist's post frozen by the health service"),
        ),
    ),
    Action(
        "A-14", "Link Year 4 classes at Canal Street and Damson Way", "2025-10-13", "2027-06-25", t.MARCIN,
        supporters=t.FORUM, schools=f"{t.CANAL}; {t.DAMSON}", pillars="1", statements="1; 5", strand=_ED, others=_PE, priorities="2; 3",
        different="Children from two different neighbourhoods know each other by name.", visibility="public", small_talk=3,
        hours=130, cost=1900,
        proofs=(Proof("The mural, half of it at each school", "2026-06-19", "https://example.org/linking/mural"),),
        steps=(Step("Teachers meet and plan", "2025-12-05", "2025-12-02"), Step("First day together", "2026-06-18", "2026-06-18"), Step("Second year's classes paired", "2026-11-20"), Step("Four meetings in the year", "2027-06-18")),
        said=(
            Said("2025-12-02", "Four teachers planned a year of letters, two visits and one thing to make together.", "on track", 15),
            Said("2026-03-10", "Letters went both ways. Everybody wanted to know about pets, and whether the other school has stairs.", "on track", 30),
            Said("2026-06-18", "Sixty children, mixed tables, one mural. Two boys found out that their grandfathers drove the same bus.", "on track", 60),
            Said("2026-11-03", "New classes have been introduced by video. The mural hangs half in each school and will be swapped.", "on track", 65),
        ),
    ),
    Action(
        "A-15", "Answer the council on school travel, together with families", "2026-03-09", "2026-06-26", t.JOANNA,
        supporters=t.PARENTS, schools=f"{t.HAZEL}; {t.AGNES}", statements="4", strand=_IN,
        different="Decisions about travel for disabled pupils are made with the families who use it.", evidence="The answer as sent, with the council's receipt", visibility="public", small_talk=1,
        hours=40, outcome="The council kept its escorts on two routes and wrote back to the families by name.",
        proofs=(Proof("The answer as it was sent", "2026-06-26", "https://example.org/travel/our-answer"),),
        steps=(Step("Evening with twenty families", "2026-05-08", "2026-05-06"), Step("Answer sent", "2026-06-26", "2026-06-24")),
        said=(
            Said("2026-03-24", "Consultation read and turned into six plain questions for families.", "on track", 20),
            Said("2026-05-06", "Twenty-three families came. The story of the two-hour bus is now the first paragraph.", "on track", 60),
            Said("2026-06-24", "Answer sent in the families' words, with our figures behind it. The officer rang to say thank you.", "done", 100),
        ),
    ),
    Action(
        "A-16", "Homework space at Fourteen Trees, four evenings a week", "2026-02-23", "2026-10-16", t.LEROY, led_by=t.YOUTH,
        supporters=t.TERN, schools=f"{t.AGNES}; {t.LARK}", pillars="1; 2", statements="5; 8", strand=_IN, others=_ED, priorities="1; 3", moves="K-A13",
        different="A warm, quiet table and somebody to ask.", small_talk=3,
        hours=350, cost=3100, set_by=t.YOUTH,
        confidence=("medium", "Two evenings are certain, four are not.", "2026-10-23"),
        steps=(Step("Tables, lamps and internet", "2026-05-01", "2026-05-05"), Step("Two evenings a week", "2026-06-05", "2026-06-09"), Step("Four evenings a week", "2026-10-16")),
        said=(
            Said("2026-03-10", "Tern and Holloway gave twelve desks. We are painting the back room the colour pupils chose, which is orange.", "on track", 15),
            Said("2026-06-09", "Two evenings a week, about eighteen young people each. Quiet until half past five, then less so.", "on track", 50),
            Said("2026-09-24", "Three evenings now. The fourth needs a second adult, who is going through checks.", "on track", 75),
            Said("2026-11-03", "Full every night since the clocks went back. Fourth evening as soon as the checks are through.", "on track", 80),
        ),
    ),
    Action(
        "A-17", "Two weeks of work experience for all of Year 10", "2027-01-11", "2027-07-09", t.DANIEL,
        supporters=f"{t.TERN}; {t.COLLEGE}; {t.HALFPENNY}", schools=t.AGNES, statements="4; 5", strand=_ED, priorities="3", moves="K-A10",
        different="Every pupil has done a fortnight of real work before choosing what comes next.", status="not started", written="2026-10-09", visibility="leaders",
        steps=(Step("Sixty placements promised", "2027-03-12"), Step("All placements checked", "2027-05-21"), Step("The fortnight", "2027-07-02")),
    ),
    Action(
        "A-18", "One front door for families who ask for help", "2025-12-01", "2027-01-29", t.JOANNA,
        supporters=f"{t.EARLY_HELP}; {t.KITE}", schools=_ALL, pillars="1", statements="5; 6", strand=_WE, moves="K-W09",
        different="A family that asks once is answered within a week and a half.", small_talk=2,
        change=-3.0, change_by="2027-03-25", hours=260,
        confidence=("medium", "The wait is falling. I should have written here since June.", "2026-09-18"),
        steps=(Step("Map of who answers what", "2026-02-13", "2026-02-10"), Step("One form in all schools", "2026-05-22", "2026-05-19"), Step("Shared meeting every Thursday", "2026-11-27")),
        said=(
            Said("2025-12-09", "Counted the doors: a family can ask in nineteen places. We would like one, with tea.", "on track", 10),
            Said("2026-02-10", "The map is done and rather alarming. Four teams each thought another one rang back.", "on track", 35),
            Said("2026-06-16", "One form everywhere. The wait is shorter in every school but one.", "on track", 60, then="Thursday meeting from September"),
        ),
    ),
]
