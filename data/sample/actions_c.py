"""The sample's current actions for objective C."""

# One thing a line: sentences cut to fit a width are hard to read and to mend.
# ruff: noqa: E501
# fmt: off

from data.sample import trust as t
from data.sample.doing import Action, Proof, Said, Step

_ALL = "; ".join(t.SCHOOLS)
_WE, _PE, _IN = "Exceptional Welfare", "Exceptional People", "Exceptional Infrastructure"

ACTIONS_C = [
    Action(
        "C-03", "Real living wage in every new contract", "2025-09-22", "2026-06-26", t.COLETTE,
        statements="7", strand=_PE, others=_WE, priorities="1", moves="K-C06",
        different="People who clean and cook for us through others earn what our own staff earn.", evidence="Contract clause, and the list of contracts that carry it", visibility="public", small_talk=2,
        hours=70, cost=38000, outcome="Forty-three people who clean and cook for us through others are paid the real living wage.",
        proofs=(Proof("The clause, and the contracts that carry it", "2026-07-03", "https://example.org/contracts/living-wage"),),
        steps=(Step("Clause written", "2025-12-12", "2025-12-09"), Step("Trustees agree", "2026-03-24", "2026-03-24"), Step("In all contracts let since April", "2026-06-26", "2026-06-30")),
        said=(
            Said("2025-12-09", "Clause written in plain words. Suppliers asked whether it covers people who work here one day a week: yes.", "on track", 40),
            Said("2026-03-25", "Trustees agreed without a vote. Catering will cost a little more from September.", "on track", 70),
            Said("2026-06-30", "Cleaning, catering and grounds contracts all carry the clause.", "done", 100),
        ),
    ),
    Action(
        "C-04", "Local supplier list that school offices really use", "2026-01-05", "2026-10-02", t.MEERA,
        supporters=f"{t.HALFPENNY}; {t.TERN}", schools=_ALL, statements="7", strand=_IN, moves="K-C14",
        different="The easy choice in the office is the firm round the corner.", evidence="The list, with prices, on the staff site", visibility="leaders", small_talk=2,
        change=2.0, change_by="2027-07-21", hours=140, outcome="Every office can buy from thirty-one firms nearby with one log-in.",
        steps=(Step("Sixty firms asked", "2026-04-24", "2026-04-28"), Step("List tried in two offices", "2026-07-10", "2026-07-07"), Step("List in all offices", "2026-10-02", "2026-10-01")),
        said=(
            Said("2026-02-10", "Offices told us why they buy from far away: one log-in, one invoice, next day.", "on track", 15),
            Said("2026-04-28", "Sixty firms asked and thirty-four can invoice as we need. The glazier came in person.", "on track", 45),
            Said("2026-07-07", "Two offices tried it for a month and kept eleven firms each.", "on track", 75),
            Said("2026-10-01", "Thirty-one firms on the list, in every office. Spending will tell whether it is used.", "done", 100),
        ),
    ),
    Action(
        "C-05", "Apprenticeships in catering and site teams", "2025-11-24", "2026-09-25", t.COLETTE,
        supporters=t.COLLEGE, schools=_ALL, statements="7", strand=_PE, priorities="3", moves="K-C08",
        different="Young people from our own schools learn a trade in them.", risk=(3, 4, "treat"), small_talk=3,
        change=4.0, change_by="2027-08-31", hours=150, cost=76000,
        confidence=("medium", "Six applicants, four places, one signature missing.", "2026-11-06"),
        steps=(Step("Posts written", "2026-02-13", "2026-02-10"), Step("Applicants from Kiln Lane and Year 11", "2026-06-26", "2026-06-23"), Step("Four apprentices begin", "2026-11-06")),
        said=(
            Said("2025-12-09", "Four posts possible: two kitchens, two site teams. Line managers would like one each and no paperwork.", "on track", 10),
            Said("2026-02-10", "Posts written so that no exam grade is needed to begin.", "on track", 30),
            Said("2026-06-23", "Nineteen applicants, seven of them from our own Year 11.", "on track", 55),
            Said("2026-09-22", "College enrolment slipped, so starts move to November.", "at risk", 65, due="2026-11-06", why="waiting for partner"),
            Said("2026-10-27", "All four chosen. The college's contract is waiting for one signature.", "at risk", 85, block="One signature at the college"),
        ),
    ),
    Action(
        "C-06", "First cohort of teaching assistants on the way to teaching", "2025-09-29", "2026-07-17", t.IMRAN, led_by=t.COLLEGE,
        schools=_ALL, pillars="1; 2", statements="7; 8", strand=_PE, priorities="3; 4", moves="K-C01",
        different="People who grew up here teach here.", evidence="College enrolment letter", small_talk=2,
        change=0.5, change_by="2027-08-31", hours=120, cost=11000, outcome="Eleven people who live nearby are a year nearer to teaching here.",
        steps=(Step("Taster evening", "2025-11-20", "2025-11-20"), Step("Twelve enrolled", "2026-03-27", "2026-03-24"), Step("First year passed", "2026-07-17", "2026-07-16")),
        said=(
            Said("2025-11-25", "Thirty-four came to the taster evening. Childcare was the question, so the course ends at half past two.", "on track", 25),
            Said("2026-03-24", "Twelve enrolled from six schools, nine of them parents of our pupils.", "on track", 60),
            Said("2026-07-16", "Eleven of twelve passed the first year. The twelfth had a baby and is coming back.", "done", 100),
        ),
    ),
    Action(
        "C-07", "Jobs evenings in mosques, churches and the library", "2026-02-09", "2026-10-23", t.COLETTE,
        supporters=f"{t.MOSQUE}; {t.CHAPEL}; {t.COLLEGE}", statements="7; 8", strand=_PE, priorities="2; 3", moves="K-C01; K-C08",
        different="Neighbours hear of our jobs from us, in a room they know.", visibility="public", small_talk=2,
        steps=(Step("First evening", "2026-04-22", "2026-04-22"), Step("Three evenings held", "2026-10-16", "2026-10-15")),
        said=(
            Said("2026-03-03", "Dates agreed with the mosque, the chapel and the library.", "on track", 20),
            Said("2026-04-23", "Forty-one came and nine took a form. Our form is six pages and that is the next job.", "on track", 50),
            Said("2026-10-20", "Three evenings held, one hundred and seven people, fourteen applications and five starters.", "done", 100),
        ),
    ),
    Action(
        "C-08", "A proper conversation with everyone who leaves", "2025-12-01", "2027-03-26", t.COLETTE,
        schools=_ALL, statements="6; 7", strand=_PE, moves="K-C04",
        different="We learn why people go while we can still change it.", visibility="leaders", small_talk=2,
        hours=80,
        confidence=("high", "People are frank, and heads read it.", "2026-10-16"),
        steps=(Step("Questions agreed", "2026-02-06", "2026-02-03"), Step("First summary to trustees", "2026-07-07", "2026-07-07"), Step("Second summary", "2027-03-23")),
        said=(
            Said("2026-02-03", "Six questions, asked by somebody who is not the line manager.", "on track", 20),
            Said("2026-07-07", "First summary: workload less than we feared, parking and part-time hours more than we knew.", "on track", 50),
            Said("2026-10-06", "All leavers of the summer spoken to. Two said they would come back if hours could be split.", "on track", 65),
        ),
    ),
    Action(
        "C-09", "Civic leadership programme for middle leaders", "2027-01-11", "2027-07-16", t.JOANNA,
        supporters=f"{t.FORUM}; {t.HEALTH}", schools=_ALL, statements="3; 7", strand=_PE, priorities="4", moves="K-C12",
        different="Leaders know the neighbourhood as well as the timetable.", status="not started", written="2026-10-09", visibility="leaders",
        steps=(Step("Programme agreed with partners", "2027-01-29"), Step("First twelve leaders begin", "2027-02-26"), Step("First twelve finish", "2027-07-09")),
    ),
    Action(
        "C-10", "Hours that fit the school run, for support staff", "2026-02-16", "2026-10-09", t.COLETTE,
        schools=f"{t.HAZEL}; {t.MILL}", statements="7", strand=_PE, moves="K-C04",
        different="Parents can work for us without paying somebody to collect their children.", visibility="leaders", small_talk=1,
        outcome="Any head may now agree such hours, so a trial is no longer needed.",
        steps=(Step("Tried in two schools", "2026-06-26", "2026-06-23"),),
        said=(
            Said("2026-03-10", "Two schools will try it after Easter with eleven people.", "on track", 15),
            Said("2026-06-23", "Loved by the eleven; harder for those who cover the gaps at three o'clock.", "at risk", 45),
            Said("2026-09-24", "Stopped as a trial: the new staff handbook now lets each head agree such hours.", "stopped", 45),
        ),
    ),
]
