"""The words that people head the columns of their plans, KPIs and registers with: for each field, the surest first.

Source: the headings of 136 workbooks of schools, councils, charities and project offices, and the words they use for
the same things.
"""

# Words are parted by `|`. Plurals, capitals, brackets, numbering and small words do not count (`labels.stem`).
WORDS: dict[str, str] = {
    "code": (
        "id|ref|reference|code|action id|risk id|kpi id|indicator id|kpi code|unique id|ref no|reference number|"
        "ref number|no|number|s no|sno|sr no|serial no|sl no|#|item no|item number|item|action no|action number|"
        "action ref|risk no|risk ref|risk number|risk code|kpi ref|kpi no|kpi number|indicator code|indicator no|"
        "indicator number|indicator ref|issue id|issue no|issue ref|issue number|task id|task no|task number|wbs|"
        "wbs code|project id|project code|objective no|objective id|measure id|measure ref|measure code|line no|"
        "row no|recommendation no|activity id|activity no|activity code|milestone id|milestone no|identifier|"
        "index|unique reference|unique ref|log no|key"
    ),
    "action": (
        "action|action required|action point|action description|action item|actions to be taken|"
        "action to be taken|agreed action|key action|planned action|specific action|improvement action|"
        "action needed|action step|action detail|action title|action name|activity|activity description|"
        "activity name|key activity|task|task name|task description|task title|key task|what|what will we do|"
        "what will be done|what we will do|what needs doing|what needs to be done|what action|next step|step|"
        "steps to be taken|strategy|strategies and actions|initiative|deliverable|recommendation|to do|job|"
        "intervention|risk|risk description|risk title|risk name|risk event|description of risk|risk statement|"
        "risk detail|risk identified|risk and description|issue|issue description|issue title|"
        "description of issue|issue name|work item|actions and activities|project activity|proposed action|"
        "corrective action|action plan|commitment|project name|project title|project|programme|workplan activity|"
        "hazard|threat|requirement|user story|feature"
    ),
    "objective": (
        "objective|strategic objective|goal|strategic goal|priority area|priority|strategic priority|"
        "key priority|improvement priority|development priority|school priority|aim|strategic aim|"
        "strategic direction|theme|strategic theme|key theme|workstream|work stream|outcome|strategic outcome|"
        "intended outcome|output|strand|focus|focus area|area of focus|key area|area|area for improvement|"
        "area for development|development area|pillar|domain|ambition|corporate priority|corporate objective|"
        "council priority|corporate plan priority|key objective|issue area|sip priority|sdp priority|"
        "sip objective|key issue|ofsted area|key performance area|kpa|result area|key result area|perspective|"
        "what we want to achieve|desired outcome"
    ),
    "owner": (
        "owner|lead|action owner|lead officer|responsible officer|responsible person|person responsible|"
        "responsible|responsibility|lead person|lead responsibility|staff lead|lead member of staff|slt lead|"
        "lead staff|assigned to|assignee|assigned|action by|actioned by|who|by whom|who by|who is responsible|"
        "who will do it|led by|owned by|accountable|accountable officer|accountable person|accountable lead|sro|"
        "senior responsible owner|risk owner|kpi owner|task owner|issue owner|process owner|project lead|"
        "project manager|action lead|operational lead|named lead|lead name|officer|officer responsible|manager|"
        "responsible manager|lead manager|head of service|lead officer name|responsible party|responsible team|"
        "responsible department|responsible lead|delegated to|allocated to|action holder|holder|leader|"
        "lead governor|name of lead|name of responsible person|to be completed by whom|service lead|"
        "strategic lead|executive lead|exec lead|director|lead director|key person|key staff|personnel|"
        "staff responsible|actionee|contact|point person|lead contact|resource name|data owner|measure owner|"
        "indicator owner|responsible owner|lead agency|resp"
    ),
    "due": (
        "due|due date|deadline|by when|target date|completion date|date due|timescale|timescales|timeframe|"
        "time frame|time scale|timeline|timing|when|end date|finish date|finish|target completion date|"
        "target completion|scheduled completion date|scheduled completion|planned completion date|"
        "planned completion|planned end date|expected completion date|expected completion|"
        "estimated completion date|estimated completion|anticipated completion date|proposed completion date|"
        "projected completion date|date for completion|date of completion|completion due|to be completed by|"
        "complete by|completed by date|implementation date|target implementation date|deadline date|"
        "action deadline|action due date|action due|due by|date required|required by|required by date|"
        "delivery date|target end date|planned finish|planned finish date|forecast date|forecast end date|"
        "forecast completion date|forecast completion|forecast finish|forecast actual date|revised due date|"
        "revised target date|revised completion date|revised deadline|milestone date|target deadline|"
        "target resolution date|resolution date|date to be completed|date by which|end|eta|"
        "timeline for completion|completion|closing date|baseline date"
    ),
    "start": (
        "start|start date|date raised|raised on|date identified|date opened|opened|open date|date added|"
        "date logged|planned start|planned start date|actual start date|actual start|commencement date|"
        "date started|from|begin|begin date|beginning|date created|created|created on|created date|creation date|"
        "date reported|date assigned|assigned date|date entered|logged date|date of issue|issue date|"
        "date of meeting|meeting date|date set|launch date|date commenced|proposed start date|date recorded|"
        "date first raised|raised date|identified date|reported on|date registered"
    ),
    "status": (
        "status|current status|action status|progress status|status update|overall status|task status|"
        "project status|risk status|issue status|state|progress|stage|complete?|complete|completed|completed?|"
        "done|done?|complete y/n|completed y/n|completed yes/no|action complete|action completed|achieved y/n|"
        "achieved?|open/closed|open or closed|status open closed|implementation status|delivery status|"
        "milestone status|phase|status of action|current state|action state|completion status"
    ),
    "rag": (
        "rag|rag rating|rag status|brag|brag rating|brag status|rag rate|traffic light|traffic light status|"
        "delivery confidence|delivery confidence assessment|dca|rag score|overall rag|current rag|rag now|"
        "progress rag|status rag|status red amber green|confidence|delivery confidence rating|rag progress|"
        "performance rag|rating|colour|bragg|ragb|rygb|ryg|health|status colour|evaluation rag|rag colour|"
        "kpi rag|current rag rating|rag assessment"
    ),
    "kpi": (
        "kpi|indicator|measure|performance indicator|key performance indicator|key indicator|performance measure|"
        "outcome indicator|output indicator|impact indicator|kpi name|kpi title|kpi description|indicator name|"
        "indicator title|indicator description|measure name|measure title|measure description|name of indicator|"
        "name of kpi|key measure|success measure|metric|metric name|measurement|performance metric|"
        "outcome measure|pi|pi name|kpi measure|key performance measure|indicators of success|"
        "description of indicator|pi description|kpi indicator|strategic measure|strategic indicator|"
        "indicator text|statistic"
    ),
    "baseline": (
        "baseline|baseline value|baseline data|baseline figure|starting point|start point|current position|"
        "starting position|baseline position|base line|baseline score|baseline year value|where are we now|"
        "initial value"
    ),
    "target": (
        "target|target value|annual target|kpi target|end target|target figure|final target|end of year target|"
        "year end target|target for year|overall target|current target|lop target|life of project target|"
        "target score|goal value|threshold|target level|target performance|quarterly target|target set"
    ),
    "value": (
        "value|actual|result|latest|achieved|latest value|current value|actual value|latest result|actual result|"
        "current performance|latest performance|performance|outturn|latest data|current figure|latest figure|"
        "actual performance|year to date|ytd|ytd actual|current result|reported value|latest outturn|data value|"
        "actual to date|achievement|figure|observation value|obs value|v4 0|measure value|numeric value|amount|"
        "current actual|actual achieved"
    ),
    "evidence": (
        "evidence|evidence of impact|evidence of progress|evidence of completion|evidence source|"
        "source of evidence|means of verification|mov|monitoring|monitoring arrangements|how measured|"
        "how will it be measured|how will this be measured|how will progress be measured|how will we measure|"
        "monitored by|monitoring and evaluation|monitoring method|monitoring activity|how monitored|"
        "how will it be monitored|how will this be monitored|evidence link|link to evidence|evidence base|"
        "supporting evidence|evidence/link|evidence required|evaluation|evaluation of impact|verification|"
        "method of evaluation|monitoring evidence|evidence of success|data collection method|assurance|"
        "evidence file|sources of assurance"
    ),
    "notes": (
        "notes|comments|comment|note|remarks|remark|commentary|update|updates|latest update|progress update|"
        "progress notes|progress note|progress to date|progress comments|progress commentary|progress made|"
        "progress report|narrative|additional comments|additional notes|further comments|general comments|"
        "status comments|status notes|update on progress|action update|current update|latest comments|"
        "latest position|commentary on progress|status update comments|review comments|review notes|"
        "other comments|additional information|further information|action taken|actions taken|comments/notes|"
        "reason for variance|variance comments|explanation|latest progress|monthly update|weekly update|"
        "termly update|notes/comments|progress to date and next steps|risk update|comments on progress|"
        "outcome comments|observations|feedback|rationale"
    ),
    "organisations": (
        "organisations|partners|organisation|partner|delivery partner|delivery partners|partner organisation|"
        "partner agencies|stakeholders|stakeholder|key stakeholders|partners involved|supporting partners|"
        "supported by|partner organisations|agency|agencies|lead organisation|implementing partner|organization|"
        "organizations|partnership|delivery body|department|directorate|service|service area|team|division|"
        "supporting officers|support|supporting staff|others involved|who else|additional staff|involved|"
        "key partners|responsible organisation|unit responsible"
    ),
    "cost": (
        "cost|budget|costs|resources|resource|funding|cost/resources|resources and cost|resources/costs|"
        "resource implications|estimated cost|budget allocated|total cost|cost implications|resources required|"
        "resources needed|budget required|finance|funding source|financial implications|resource requirements|"
        "planned cost|actual cost|budget cost|cost estimate|money|spend|expenditure|cpd/resources|resourcing|"
        "time and cost|funds|budget line"
    ),
    "likelihood": (
        "likelihood|probability|likelihood score|likelihood rating|current likelihood|inherent likelihood|"
        "gross likelihood|initial likelihood|net likelihood|residual likelihood|target likelihood|"
        "probability score|probability rating|risk likelihood|risk probability|likelihood of occurrence|"
        "likelihood l|probability p|chance|prob"
    ),
    "mitigation": (
        "mitigation|mitigations|mitigating actions|mitigating action|mitigation action|mitigation actions|"
        "mitigation plan|mitigation strategy|mitigation measures|risk mitigation|risk response|response|"
        "response strategy|controls|existing controls|current controls|control measures|controls in place|"
        "control|key controls|controls/mitigation|planned mitigation|mitigating controls|mitigating factors|"
        "countermeasure|countermeasures|treatment|risk treatment|treatment plan|contingency|contingency plan|"
        "contingency actions|mitigation/response|response plan|response action|action to mitigate|"
        "mitigation actions required|further actions|further action required|further controls|"
        "additional controls|additional controls required|planned controls|actions to reduce risk|"
        "risk response plan|mitigation approach|preventative measures|preventive action|"
        "how will the risk be managed|steps to mitigate|mitigated by|risk controls|management response|"
        "mitigation steps"
    ),
    "impact": (
        "impact|severity|consequence|consequences|impact score|impact rating|current impact|inherent impact|"
        "gross impact|initial impact|net impact|residual impact|target impact|risk impact|impact level|effect|"
        "impact i|potential impact|impact description|impact of risk|impact on project|business impact"
    ),
    "school": (
        "school|school name|academy|academy name|name of school|institution|setting|provider|establishment|"
        "establishment name|institution name|provider name|name of academy|schools|campus|school/academy"
    ),
    "period": (
        "period|reporting period|time period|term|half term|academic year|year|quarter|month|financial year|"
        "school year|reporting year|reporting quarter|reporting month|period covered|week|data period|"
        "fiscal year|year/term"
    ),
    "percent_done": (
        "% done|% complete|percent done|percent complete|percentage complete|percentage done|% completed|"
        "progress %|% progress|completion %|% completion|percentage completion|percent completed|complete %|"
        "completed %|pct complete|progress percentage|completion percentage|percentage progress|% achieved|"
        "percentage completed|completion rate"
    ),
    "milestone": (
        "milestone|milestone label|milestone name|milestone title|milestone description|key milestone|milestones|"
        "interim milestone|milestones and deadlines|steps and milestones|project milestone|major milestone"
    ),
    "done_on": (
        "date completed|completed on|date closed|closed date|closure date|close date|actual completion date|"
        "actual end date|actual completion|actual finish|actual finish date|date done|date achieved|"
        "date of closure|date complete|closed on|completed date|achieved date|date action completed|"
        "date resolved|resolved date|date finished|date actioned|date signed off|actual date|closed|"
        "date actually completed|actual date of completion"
    ),
    "success": (
        "success criteria|success measures|success indicator|success indicators|success|measure of success|"
        "measures of success|expected outcome|expected outcomes|expected impact|intended impact|impact measure|"
        "how will we know|how we will know|how will we know it has worked|what will success look like|"
        "what success looks like|what does success look like|success looks like|outcome expected|expected result|"
        "expected results|desired impact|performance criteria|key success criteria|criteria for success|"
        "success criterion|impact criteria|acceptance criteria|definition of done|performance standard|"
        "intended outcomes and impact"
    ),
    "unit": (
        "unit|unit of measure|unit of measurement|units|uom|measurement unit|measure unit|unit type|format|"
        "value type|data type"
    ),
    "source": (
        "source|data source|source of data|source of information|information source|data sources|"
        "source of verification|source document|system|raised by|identified by|logged by|reported by|origin|"
        "source en|where from"
    ),
    "group": (
        "group|pupil group|student group|cohort|subgroup|sub group|key stage|year group|characteristic|breakdown|"
        "disaggregation|population|target group|demographic|phase of education|school phase|pupil characteristic|"
        "sex|gender"
    ),
    "numerator": "numerator|count of|number achieving|number meeting|num",
    "denominator": "denominator|cohort size|number in cohort|out of|base|eligible|denom",
    "definition": (
        "definition|indicator definition|kpi definition|calculation|calculation method|formula|"
        "method of calculation|methodology|how calculated|definition of indicator|measure definition|"
        "technical definition|how is it calculated"
    ),
    "frequency": (
        "frequency|reporting frequency|how often|frequency of reporting|collection frequency|"
        "frequency of collection|monitoring frequency|review frequency|frequency of review|measurement frequency|"
        "frequency of monitoring|reporting cycle|periodicity|target frequency|data collection frequency|"
        "frequency of measurement"
    ),
}

# Decided by what the column holds: the first whose kind the content is. Anything else on the list is only proposed.
EITHER: dict[str, tuple[str, ...]] = {
    "progress": ("status", "rag", "percent_done", "notes"),
    "status": ("status", "rag", "notes"),
    "status update": ("status", "notes"),
    "current status": ("status", "rag", "notes"),
    "stage": ("status",),
    "target": ("target", "due", "objective"),
    "milestone": ("milestone", "due"),
    "completed": ("done_on", "status", "percent_done"),
    "complete": ("status", "done_on", "percent_done"),
    "completion": ("percent_done", "due", "status"),
    "completed?": ("status", "done_on"),
    "done": ("status", "done_on"),
    "closed": ("done_on", "status"),
    "opened": ("start",),
    "achieved": ("value", "status", "done_on"),
    "rating": ("rag",),
    "rag status": ("rag", "status"),
    "rag": ("rag", "status"),
    "rag rating": ("rag", "status"),
    "item": ("code", "action"),
    "key": ("code",),
    "reference": ("code",),
    "index": ("code",),
    "number": ("code", "value"),
    "finish": ("due",),
    "start": ("start",),
    "from": ("start",),
    "end": ("due",),
    "when": ("due",),
    "created": ("start",),
    "action by": ("owner", "due"),
    "completed by": ("owner", "due"),
    "to be completed by": ("due", "owner"),
    "complete by": ("due", "owner"),
    "required by": ("due", "owner"),
    "due by": ("due", "owner"),
    "forecast": ("due", "target"),
    "result": ("value", "notes"),
    "latest": ("value", "notes"),
    "performance": ("value", "rag", "notes"),
    "current position": ("baseline", "notes"),
    "starting point": ("baseline", "notes"),
    "response": ("mitigation",),
    "control": ("mitigation",),
    "health": ("rag",),
    "colour": ("rag",),
    "confidence": ("rag",),
}
