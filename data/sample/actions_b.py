"""The sample's current actions for objective B."""

# One thing a line: sentences cut to fit a width are hard to read and to mend.
# ruff: noqa: E501
# fmt: off

from data.sample import trust as t
from data.sample.doing import Action, Proof, Said, Step

_ALL = "; ".join(t.SCHOOLS)
_ED, _WE, _PE, _IN = "Exceptional Education", "Exceptional Welfare", "Exceptional People", "Exceptional Infrastructure"

ACTIONS_B = [
    Action(
        "B-05", "Listening week, every autumn, in every school", "2025-09-08", "2026-10-16", t.JOANNA,
        supporters=f"{t.FORUM}; {t.MOSQUE}; {t.CHAPEL}", schools=_ALL, pillars="1", statements="1; 8", strand=_PE, priorities="2; 4", moves="K-B01",
        different="Leaders hear from families before they plan, not after.", evidence="Counts and themes by school", visibility="public", small_talk=3,
        change=2.0, change_by="2026-10-23", hours=700, cost=900, outcome="Leaders plan this year from what families said: three actions came straight out of the week.",
        steps=(Step("Week held in 2025", "2025-10-10", "2025-10-10"), Step("Themes given back", "2025-11-28", "2025-12-02"), Step("Week held in 2026", "2026-10-09", "2026-10-09")),
        said=(
            Said("2025-10-14", "Nine hundred conversations in five days. Damp, buses and tiredness came up in every school.", "on track", 40),
            Said("2025-12-02", "Themes went back to each gate with what we will do, and what we cannot do and why.", "on track", 55),
            Said("2026-06-30", "Dates and partners fixed for October. Every senior leader has ten conversations in the diary.", "on track", 65),
            Said("2026-10-13", "Second autumn done: more than a thousand conversations, in thirteen languages. Themes are being read.", "done", 100),
        ),
    ),
    Action(
        "B-06", "A pool of interpreters from parents and partners", "2026-02-02", "2027-02-05", t.JOANNA,
        supporters=f"{t.MOSQUE}; {t.FORUM}; {t.COLLEGE}", schools=_ALL, pillars="1; 2", statements="5; 8", strand=_PE, priorities="2", moves="K-B01; K-B02",
        different="No child has to interpret for their own parents.", risk=(4, 3, "treat"), small_talk=2,
        change=1.5, change_by="2027-07-21", hours=150, cost=4000, set_by=t.FORUM,
        confidence=("low", "Cannot book anybody until they are insured.", "2026-11-06"),
        steps=(Step("Twenty people in twelve languages", "2026-06-19", "2026-06-23"), Step("College course finished", "2026-10-23", "2026-10-20"), Step("First bookings", "2026-11-20")),
        said=(
            Said("2026-02-24", "Asked at six gates. Thirty-one people speak two or more languages and would be glad to be asked.", "on track", 10),
            Said("2026-06-23", "Twenty signed up, twelve languages. Kiln Lane College gives the course free of charge.", "on track", 45),
            Said("2026-09-22", "Insurer will not cover people who are paid by voucher. Finance is asking two others.", "blocked", 50, block="Nobody insures interpreters who are paid by voucher", help="A broker who knows small charities"),
            Said("2026-10-20", "Course finished and certificates handed out. Insurance is the only thing left and it holds up everything.", "blocked", 60, block="Nobody insures interpreters who are paid by voucher"),
        ),
    ),
    Action(
        "B-07", "You said, we did: an answer at each gate within a term", "2025-11-10", "2027-07-02", t.RUKHSANA,
        supporters=t.PARENTS, schools=_ALL, pillars="1", statements="1; 6", strand=_PE, priorities="2", moves="K-B02",
        different="Families see what became of what they told us.", visibility="public", small_talk=3,
        change=8.0, change_by="2027-07-21", hours=220, set_by=t.PARENTS,
        confidence=("high", "Six of seven schools answer within the term.", "2026-10-16"),
        steps=(Step("Boards up at every gate", "2026-01-23", "2026-01-27"), Step("Two in three answered in time", "2026-07-17", "2026-07-14"), Step("Four in five answered in time", "2027-06-25")),
        said=(
            Said("2025-11-25", "Boards ordered. We agreed that no, with a reason, counts as an answer.", "on track", 10),
            Said("2026-01-27", "Up at every gate. The first question on most of them was about toilets, and it has been answered.", "on track", 30),
            Said("2026-07-14", "Two in three answered within the term. Mill Lane has a backlog from the spring.", "on track", 60),
            Said("2026-10-20", "Listening week brought two hundred new issues. Sorted by who can answer, most within a fortnight.", "on track", 65),
        ),
    ),
    Action(
        "B-08", "Uniform exchange run by parents", "2026-01-26", "2026-09-18", t.NASREEN, led_by=t.PARENTS,
        supporters=t.SAFFRON, schools=f"{t.HAZEL}; {t.CANAL}; {t.LARK}", pillars="1", statements="8", strand=_WE, priorities="1", moves="K-W10",
        different="Nobody buys a blazer new unless they wish to.", small_talk=2,
        hours=60, outcome="Three schools have a rail of good uniform that is free, and that parents run.",
        steps=(Step("Rails, labels and a cupboard", "2026-03-27", "2026-03-24"), Step("First Saturday", "2026-07-11", "2026-07-11"), Step("Open every half-term in three schools", "2026-09-18", "2026-09-17")),
        said=(
            Said("2026-03-24", "The Parents' Circle has rails, a rota and a firm rule: everything is free and nobody writes names down.", "on track", 35),
            Said("2026-07-14", "Saturday morning: one hundred and twelve items swapped and four good coats for the winter.", "on track", 70),
            Said("2026-09-17", "Running in three schools without us. We only keep the key.", "done", 100),
        ),
    ),
    Action(
        "B-09", "Community garden behind Lantern Hill", "2025-10-20", "2026-03-20", t.THUY,
        supporters=f"{t.RESIDENTS}; {t.CHAPEL}", schools=t.LANTERN, pillars="1; 2", statements="5; 8", strand="Sustainability", others=_IN, priorities="2",
        different="Neighbours and pupils grow food on ground that was locked for ten years.", risk=(3, 2, "tolerate"), visibility="public", small_talk=3,
        confidence=("medium", "The fence is paid for; the date is not in our hands.", "2026-11-06"),
        steps=(Step("Ground cleared", "2025-12-12", "2025-12-09"), Step("Water tap", "2026-05-22", "2026-06-09"), Step("Fence", "2026-10-16"), Step("Open to neighbours", "2026-10-30")),
        said=(
            Said("2025-12-09", "Forty people cleared brambles, eleven tyres and a bath. The residents have asked to keep the bath.", "on track", 25),
            Said("2026-03-13", "The soil test costs more than the seeds. Trying the small grants fund.", "at risk", 30, due="2026-05-22", why="funding"),
            Said("2026-05-19", "Grant came and the soil is fine. Waiting for the water company's man with the meter.", "at risk", 45, due="2026-06-26", why="waiting for partner"),
            Said("2026-07-10", "Tap is in. The fence has to be rebuilt because of a badger, who has rights.", "at risk", 60, due="2026-10-30", why="licence for work near a badger", block="Licence for work near a badger sett"),
            Said("2026-10-15", "Licence granted. Fencer booked for the week after half-term if the ground is dry.", "at risk", 75),
        ),
    ),
    Action(
        "B-10", "Open halls and pitches in the evening", "2025-11-17", "2027-06-18", t.JOANNA,
        supporters=f"{t.RESIDENTS}; {t.YOUTH}", schools=f"{t.AGNES}; {t.DAMSON}; {t.CANAL}", statements="6; 8", strand=_IN, priorities="2", moves="K-B14",
        different="Our buildings belong to the neighbourhood after four o'clock.", visibility="public", small_talk=3,
        change=60.0, change_by="2027-06-30", hours=200, cost=5200,
        confidence=("medium", "Demand is there; caretaking hours are not.", "2026-10-16"),
        steps=(Step("Prices agreed, free for residents' groups", "2026-02-27", "2026-02-24"), Step("Keyholders trained", "2026-06-12", "2026-06-16"), Step("Three sites open five evenings", "2027-05-28")),
        said=(
            Said("2026-02-24", "Prices agreed: free for residents, fair for clubs. Badminton heard about it first.", "on track", 25),
            Said("2026-06-16", "Six keyholders trained, four of them neighbours. Damson Way opens on three evenings.", "on track", 45),
            Said("2026-09-29", "St Agnes pitches are full until eight. We need caretaking hours before adding an evening.", "on track", 55, help="Two more keyholders for St Agnes"),
            Said("2026-11-10", "Canal Street hall opened on Mondays for the choir. They sang to the caretaker.", "on track", 60),
        ),
    ),
    Action(
        "B-11", "Money advice mornings at four schools", "2026-01-12", "2026-12-11", t.PATIENCE, led_by=t.ADVICE,
        supporters=t.EARLY_HELP, schools=f"{t.HAZEL}; {t.LARK}; {t.LANTERN}; {t.MILL}", pillars="1", statements="5; 6", strand=_WE, priorities="1", moves="K-W02",
        different="Families sort out meals, rent and bills with somebody beside them.", small_talk=2,
        change=2.0, change_by="2027-07-21", hours=120, set_by=t.ADVICE,
        steps=(Step("Two schools", "2026-03-20", "2026-03-17"), Step("Four schools", "2026-09-25")),
        said=(
            Said("2026-01-20", "First morning at Hazel Grange: nine families, one very old gas bill.", "on track", 15),
            Said("2026-03-17", "Two schools, every second Thursday. Families who came in January are bringing sisters.", "on track", 45),
            Said("2026-06-30", "Larkfield has begun. Lantern Hill needs a room with a door.", "on track", 60),
        ),
    ),
    Action(
        "B-12", "Train twenty parents as community listeners", "2025-11-03", "2026-06-26", t.RUKHSANA,
        supporters=f"{t.FORUM}; {t.COLLEGE}", schools=_ALL, pillars="1; 2", statements="3; 8", strand=_PE, priorities="2; 4", moves="K-B01; K-B15",
        different="Families are heard by people like them.", evidence="Course register and certificates", small_talk=2,
        change=1.0, change_by="2026-07-20", hours=180, cost=2600, outcome="Twenty-two parents now listen at their own gates, in eight languages.",
        steps=(Step("Course written", "2026-01-23", "2026-01-20"), Step("First ten", "2026-03-27", "2026-03-24"), Step("Twenty", "2026-06-26", "2026-06-30")),
        said=(
            Said("2026-01-20", "Course written with the Forum: four evenings, mostly practice, always food.", "on track", 25),
            Said("2026-03-24", "Ten finished. They listened to one another for so long that we missed the last bus.", "on track", 60),
            Said("2026-06-30", "Twenty-two trained, in eight languages. Six would like to train others.", "done", 100),
        ),
    ),
    Action(
        "B-13", "Every member hosts one task force meeting", "2026-10-08", "2027-05-07",
        supporters=f"{t.MOSQUE}; {t.COLLEGE}; {t.RESIDENTS}", pillars="1", statements="5", strand=_PE, priorities="4", moves="K-B09",
        different="Members know one another's doors, not only ours.", written="2026-10-09", small_talk=0,
        steps=(Step("Hosts for the year agreed", "2026-12-04"),),
    ),
    Action(
        "B-14", "Faith leaders' breakfast, once a term", "2025-10-06", "2026-11-06", t.YUSUF, led_by=t.MOSQUE,
        supporters=f"{t.CHAPEL}; {t.FORUM}", pillars="1", statements="1; 5", strand=_PE, priorities="2", moves="K-B06",
        different="Faith communities plan holidays, food and safety with schools and with each other.", small_talk=3,
        hours=30, cost=400, outcome="Faith leaders meet each term by themselves, and share one calendar with the schools.",
        steps=(Step("First breakfast", "2025-11-14", "2025-11-14"), Step("Second", "2026-03-06", "2026-03-06"), Step("Third", "2026-06-12", "2026-06-12"), Step("Fourth", "2026-11-06", "2026-11-06")),
        said=(
            Said("2025-11-18", "Nine came. We compared calendars and found that three fasts and a mock exam share a week.", "on track", 25),
            Said("2026-03-10", "Second breakfast: holiday food was split between four places of worship in ten minutes.", "on track", 50),
            Said("2026-06-16", "Third breakfast, in the chapel garden. A walk for peace is being planned without us.", "on track", 75),
            Said("2026-11-06", "Fourth breakfast this morning. They have set next year's dates themselves, so this action is finished.", "done", 100),
        ),
    ),
    Action(
        "B-15", "Walking map of local help, drawn by Year 5", "2026-01-19", "2026-07-03", t.MARCIN,
        supporters=t.EARLY_HELP, schools=t.CANAL, statements="6; 8", strand=_IN, priorities="3",
        different="Families know what is within ten minutes on foot.", small_talk=1,
        steps=(Step("Places visited", "2026-04-24", "2026-04-21"), Step("Map printed", "2026-06-26")),
        said=(
            Said("2026-02-10", "Year 5 have listed sixty places, including a very friendly launderette.", "on track", 20),
            Said("2026-04-21", "All places visited. A third of what is on the council's list has closed or moved.", "at risk", 45),
            Said("2026-06-23", "The library is making the same map and keeps it up to date. Stopped; our drawings go on theirs.", "stopped", 45),
        ),
    ),
    Action(
        "B-16", "Summer club with lunch at three sites", "2026-03-16", "2026-09-11", t.BERNADETTE, led_by=t.SAFFRON,
        supporters=f"{t.YOUTH}; {t.HALFPENNY}", schools=f"{t.DAMSON}; {t.LANTERN}; {t.AGNES}", statements="5; 8", strand=_WE, priorities="1; 3", moves="K-W02",
        different="Six weeks without school are not six weeks without lunch.", evidence="Daily counts from three sites", visibility="public", small_talk=1,
        hours=950, cost=21000, outcome="Four thousand lunches were eaten on days without school.",
        proofs=(Proof("Lunches a day at three sites", "2026-09-11", "https://example.org/summer/counts-2026"),),
        steps=(Step("Sites and cooks", "2026-06-12", "2026-06-09"), Step("Places offered", "2026-07-03", "2026-06-30"), Step("Counted up", "2026-09-11", "2026-09-08")),
        said=(
            Said("2026-06-09", "Three kitchens, six cooks, and a lorry from Halfpenny Foods every Tuesday.", "on track", 40),
            Said("2026-06-30", "Three hundred places offered, families with free school meals first. Forms in eight languages.", "on track", 60),
            Said("2026-09-08", "Four thousand lunches. Busiest in the last week of August, when money is shortest.", "done", 100),
        ),
    ),
    Action(
        "B-17", "One family survey shared with partners", "2025-12-08", "2027-04-30", t.JOANNA,
        supporters=f"{t.HEALTH}; {t.COLLEGE}; {t.EARLY_HELP}", schools=_ALL, pillars="1", statements="1; 6", strand=_PE, moves="K-B04; K-B12",
        different="Families answer once, and everybody acts on it.", visibility="leaders", small_talk=1,
        steps=(Step("Questions agreed with three partners", "2026-05-15"), Step("Tried out in one school", "2026-11-27")),
        said=(
            Said("2026-01-13", "Four organisations ask our families ninety-four questions a year between them. We could ask fifteen.", "on track", 10),
            Said("2026-03-17", "Draft of fifteen questions is with partners. Waiting for data protection advice.", "at risk", 20),
        ),
    ),
    Action(
        "B-18", "A residents' seat on each academy committee", "2026-10-05", "2027-07-02",
        supporters=f"{t.RESIDENTS}; {t.PARENTS}", schools=_ALL, pillars="1", statements="8", strand=_PE, priorities="2; 4", moves="K-B15",
        different="People who live here help to decide here.", written="2026-10-09", visibility="leaders", small_talk=0,
        hours=40, set_by=t.RESIDENTS,
        steps=(Step("Role written down", "2026-12-11"), Step("Two committees have a resident", "2027-03-26")),
        said=(Said("2026-10-20", "Talked of at the committee chairs' meeting. Warm words; nobody has taken it on yet.", by=t.RUKHSANA, help="An owner"),),
    ),
    Action(
        "B-19", "Winter coats and warm rooms", "2026-11-23", "2027-02-26", led_by=t.SAFFRON,
        supporters=f"{t.CHAPEL}; {t.MOSQUE}", schools=f"{t.CANAL}; {t.MILL}; {t.LARK}", statements="5", strand=_WE, priorities="1", moves="K-W10",
        different="Every child has a coat, and every family a warm place to sit.", status="not started", written="2026-10-23",
        steps=(Step("Collection at five places of worship", "2026-12-04"), Step("Warm rooms open", "2027-01-08")),
        said=(Said("2026-11-10", "We can give coats and soup. We have no warm room, so this is not ours to lead.", by=t.BERNADETTE, answer="not ours", ref="j2t7coats1"),),
    ),
]
