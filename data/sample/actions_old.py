"""The sample's actions under the version that has ended: all done, stopped or carried on under a new code."""

# One thing a line: sentences cut to fit a width are hard to read and to mend.
# ruff: noqa: E501
# fmt: off

from data.sample import trust as t
from data.sample.doing import Action, Said, Step
from data.sample.words import OLD

_ALL = "; ".join(t.SCHOOLS)
_ED, _WE, _PE, _IN = "Exceptional Education", "Exceptional Welfare", "Exceptional People", "Exceptional Infrastructure"

ACTIONS_OLD = [
    Action(
        "A-01", "Breakfast pilot in two schools", "2023-10-02", "2024-07-12", t.MARCIN,
        supporters=t.SAFFRON, schools=f"{t.CANAL}; {t.DAMSON}", statements="5; 6", strand=_WE, priorities="1", version=OLD,
        different="Nobody in the two schools starts lessons hungry.", evidence="Pilot report, July 2024", small_talk=3,
        hours=420, cost=9800, outcome="Two schools serve breakfast every day, and we know what it would cost in the other five.",
        steps=(Step("Kitchens checked and cooks found", "2023-11-17", "2023-11-20"), Step("First breakfast at Canal Street", "2024-01-15", "2024-01-15"), Step("Second school open", "2024-04-19", "2024-04-22")),
        said=(
            Said("2023-11-20", "Both kitchens passed their check. Saffron Table will lend a cook until Christmas while we advertise.", "on track", 20),
            Said("2024-01-16", "Opened on Monday with nineteen children, toast, fruit and a great deal of noise. Teachers noticed by Wednesday.", "on track", 55),
            Said("2024-04-23", "Damson Way is open too. The queue is long on swimming days, so we now start ten minutes earlier.", "on track", 80),
            Said("2024-07-09", "Pilot over and written up. Families want it in every school; the report says what that would cost.", "done", 100),
        ),
    ),
    Action(
        "A-02", "Five experiences every pupil should have by the end of Year 6", "2023-09-18", "2025-06-27", t.IDRIS,
        supporters=t.YOUTH, schools="; ".join(t.PRIMARIES), statements="2; 4", strand=_ED, priorities="3", moves="K-E02", version=OLD,
        different="Every child has climbed, performed, camped, planted and visited a place of work.", evidence="Experience passports, sampled by the education committee", small_talk=4,
        outcome="Every primary school offers all five experiences. Half of the pupils have not had them yet.",
        steps=(Step("List agreed with pupils' councils", "2023-12-15", "2023-12-13"), Step("Passports printed", "2024-03-15", "2024-03-22"), Step("Every school has offered all five", "2025-06-13", "2025-06-17")),
        said=(
            Said("2023-10-17", "Pupils' councils sent forty-one ideas. Camping came first in every school and tidying up came last.", "on track", 10),
            Said("2024-03-22", "Passports are printed and in classrooms. Coaches cost more than planned, so two visits become walks.", "at risk", 40),
            Said("2024-10-15", "A grant covers the coaches until summer. Four schools have offered three of the five experiences.", "on track", 65),
            Said("2025-06-24", "All five offered in every primary school. Just under half of pupils have had two or more since September.", "done", 100),
        ),
    ),
    Action(
        "A-03", "Taster days for Year 6 at St Agnes", "2023-11-06", "2024-07-05", t.DANIEL,
        schools=_ALL, pillars="1", statements="4; 5", strand=_ED, version=OLD,
        different="Children arrive in Year 7 knowing a face, a room and the way to lunch.", small_talk=2,
        steps=(Step("Two days in the diary of every school", "2024-02-09", "2024-02-06"), Step("First taster day", "2024-06-21")),
        said=(
            Said("2024-02-06", "Dates are in every diary. Two schools whose pupils go elsewhere ask what this does for them.", "on track", 25),
            Said("2024-06-11", "Building work at St Agnes has closed the lower hall. The June day cannot go ahead as planned.", "blocked", 30, block="Lower hall closed by building work until September"),
            Said("2024-11-19", "We have learned that taster days are not the point: handover is. Stopped here and carried on as A-06.", "stopped", 30),
        ),
    ),
    Action(
        "A-04", "Holiday reading trail through shops and places of worship", "2024-04-15", "2024-09-13", t.SUKHVINDER, led_by=t.PAGES,
        supporters=f"{t.MOSQUE}; {t.CHAPEL}; {t.FORUM}", schools="; ".join(t.PRIMARIES[:4]), pillars="1; 2", statements="5; 8", strand=_ED, others=_PE, priorities="2; 3", version=OLD,
        different="Children read with somebody every week of the summer.", evidence="Stamped trail cards, counted by Open Pages", visibility="public", small_talk=1,
        steps=(Step("Eighteen stops signed up", "2024-06-14", "2024-06-12"), Step("Trail cards handed out", "2024-07-15", "2024-07-16"), Step("Cards counted", "2024-09-13", "2024-09-12")),
        said=(
            Said("2024-06-12", "Eighteen stops: bakers, barbers, the mosque, the chapel and a tyre shop that insisted on joining.", "on track", 45),
            Said("2024-07-16", "Every child in four schools went home with a card and a book of their own choosing.", "on track", 70),
            Said("2024-09-12", "Two hundred and six cards came back with five stamps or more. The tyre shop gave out the most.", "done", 100),
        ),
    ),
    Action(
        "B-01", "First Community Task Force: twelve organisations round one table", "2023-09-11", "2024-05-03", t.JOANNA,
        supporters=f"{t.FORUM}; {t.EARLY_HELP}", pillars="1", statements="1; 5; 9", strand=_PE, priorities="2; 4", moves="K-M03", version=OLD,
        different="Local organisations plan with us, not after us.", evidence="Minutes and terms of reference", visibility="public", small_talk=3,
        steps=(Step("Launch supper", "2023-10-12", "2023-10-12"), Step("Terms of reference agreed", "2024-01-25", "2024-01-25"), Step("Twelve members signed", "2024-05-02", "2024-05-02")),
        said=(
            Said("2023-10-13", "Twelve tables, one question, and a full sheet of answers. Nine organisations want to stay involved.", "on track", 30),
            Said("2024-01-26", "Terms of reference agreed after a frank hour about who decides what. They decide more than we had drafted.", "on track", 65),
            Said("2024-05-03", "Twelve members have signed, from seven sectors. The residents asked that papers be two pages at most.", "done", 100),
        ),
    ),
    Action(
        "B-02", "Benefit check-ups at parents' evenings", "2024-01-08", "2025-03-28", t.PATIENCE, led_by=t.ADVICE,
        supporters=t.EARLY_HELP, schools=_ALL, pillars="1", statements="5", strand=_WE, priorities="1", moves="K-W05", version=OLD,
        different="Families get the money they are owed.", evidence="Partner's quarterly count, no names", small_talk=4,
        outcome="Advice is a part of ordinary parents' evenings in all seven schools.",
        steps=(Step("First evening, at Canal Street", "2024-02-08", "2024-02-08"), Step("Offered in five schools", "2024-11-29", "2024-12-03"), Step("Offered in all seven", "2025-03-14", "2025-03-18")),
        said=(
            Said("2024-02-09", "Eleven families sat down with us. Four had never been told about council tax support.", "on track", 20),
            Said("2024-06-18", "Rooms with a door matter: nobody opens a letter in a hall. Each school has now named one.", "on track", 45),
            Said("2024-12-03", "Five schools now. Our second adviser has left, so January evenings will be shared between two schools.", "at risk", 70, block="One adviser for five schools"),
            Said("2025-03-18", "Offered in all seven schools. The evenings carry on as part of ordinary parents' evenings.", "done", 100),
        ),
    ),
    Action(
        "B-03", "Family survey in five languages", "2023-11-13", "2024-06-28", t.JOANNA,
        supporters=f"{t.MOSQUE}; {t.RESIDENTS}", schools=_ALL, pillars="1", statements="1; 6", strand=_PE, priorities="2", moves="K-B03", version=OLD,
        different="We hear from families who have never answered us before.", evidence="Survey report, June 2024", small_talk=2,
        steps=(Step("Questions cut from forty to twelve", "2024-01-19", "2024-01-18"), Step("Translated and tried out with parents", "2024-03-15", "2024-03-19"), Step("Results given back in every school", "2024-06-28", "2024-06-25")),
        said=(
            Said("2024-01-18", "Forty questions became twelve. A grandmother on the panel crossed out the word stakeholder, rightly.", "on track", 30),
            Said("2024-03-19", "Five languages ready. The spoken version, by voice message, is the one people ask for.", "on track", 60),
            Said("2024-06-25", "Results given back at assemblies and on one page at each gate. People stopped to read it.", "done", 100),
        ),
    ),
    Action(
        "B-04", "Volunteer afternoons from local firms", "2024-05-06", "2025-05-23", t.HARPREET, led_by=t.TERN,
        supporters=t.HALFPENNY, schools=f"{t.AGNES}; {t.DAMSON}", statements="8; 9", strand=_IN, priorities="3", moves="K-M03", version=OLD,
        different="People who work nearby know the schools they walk past.", small_talk=3,
        steps=(Step("Two firms give an afternoon a month", "2024-09-27", "2024-10-04"), Step("Five firms", "2025-03-28")),
        said=(
            Said("2024-06-11", "Both firms will give an afternoon a month. Checks take longer than a shift pattern allows.", "on track", 20),
            Said("2024-10-08", "First afternoon: twelve engineers, one fence, and a very popular lesson about bridges.", "on track", 45),
            Said("2025-02-11", "Orders are up and afternoons are the first thing to go. Three cancelled since Christmas.", "at risk", 45),
            Said("2025-05-20", "Stopped in this form. What pupils liked best was talking, so it carries on as mentoring, A-08.", "stopped", 45),
        ),
    ),
    Action(
        "C-01", "Find out where our staff live", "2024-01-15", "2024-09-27", t.COLETTE,
        statements="7", strand=_PE, version=OLD, different="We know how local our workforce is before we set out to change it.", evidence="Postcode count, no names", visibility="leaders", small_talk=1,
        steps=(Step("Agree what local means", "2024-03-22", "2024-03-19"), Step("First count", "2024-09-20", "2024-09-24")),
        said=(
            Said("2024-03-19", "Local means nine postcode districts, drawn on the wall map with the task force.", "on track", 40),
            Said("2024-09-24", "First count is in: about two in five. Site and lunchtime teams are the most local, leaders the least.", "done", 100),
        ),
    ),
    Action(
        "C-02", "Real living wage for everyone we employ", "2023-09-25", "2024-12-13", t.COLETTE,
        statements="7; 9", strand=_PE, others=_WE, priorities="1", version=OLD, different="Nobody who works for us is paid less than it costs to live.", evidence="Payroll audit, December 2024", visibility="public", small_talk=2,
        cost=21500, outcome="Thirteen people earn what it costs to live, and nobody whom we employ earns less.",
        steps=(Step("Cost it, role by role", "2024-01-26", "2024-01-23"), Step("Trustees agree the money", "2024-03-19", "2024-03-19"), Step("Paid from the December payroll", "2024-12-13", "2024-12-12")),
        said=(
            Said("2024-01-23", "Costed role by role. Thirteen people are below the rate, nearly all at lunchtime and in cleaning.", "on track", 35),
            Said("2024-03-20", "Trustees agreed the money in one meeting and asked why it had not been brought sooner.", "on track", 60),
            Said("2024-12-12", "Everyone directly employed is on or above the new rate in this month's pay.", "done", 100),
        ),
    ),
]
