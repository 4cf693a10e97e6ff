"""English."""

from __future__ import annotations

from services.summarization.rules.pattern import Rules, caseless, following, opening

_DEED = (
    r"(?:send|e-?mail|mail|write|draft|prepare|finish|complete|submit|deliver|share|upload|post|publish|update|fix"
    r"|check"
    r"|review|test|investigate|look (?:into|at|up|for)|find (?:out|a|an|the|some|someone)|figure out|follow up"
    r"|set up|put"
    r"|set|schedule|reschedule|book|organi[sz]e|arrange|call|phone|ping|text|message|contact|reach out|get"
    r"|talk (?:to|with)"
    r"|speak (?:to|with)|ask|inform|notify|remind (?:\w+ ){1,2}(?:to|about)|invite|hire|order|buy|pay|sign|approve"
    r"|create|make|build|design"
    r"|implement|add|remove|delete|change|move|migrate|deploy|release|ship|merge|push|roll out|document|translate"
    r"|transcribe|summari[sz]e|collect|gather|compile|analy[sz]e|measure|compare|research|read|come up with|work on"
    r"|take (?:care|on|over|notes|the|that|this)|handle|own|lead|host|bring|print|clean up|circulate|forward|confirm"
    r"|verify|double[- ]check|provide|produce|keep|let|file|open|raise|report back|chase|rewrite|redo|replace|install"
    r"|configure|register|renew|cancel|close|meet|do|draw up"
    r"|give (?:\w+ ){1,2}(?:an? (?:call|ring|shout|update|hand)|access|feedback|the)|tell \w+ to"
    r"|circle back|loop (?:\w+ )?in|sync|coordinate|dig into|(?:have|take) a (?:\w+ )?look|mock up|spin up|sketch"
    r"|negotiate|train|onboard|interview|escalate|flag|resolve|solve|clarify|discuss (?:\w+ ){1,3}with|pick up|drop off"
    r"|deal with|work out|ensure|see (?:if|whether)|transfer|export|import|generate|evaluate|assess|estimate|calculate"
    r"|launch|announce|apply|refactor|debug|patch|back up|archive|drop|type up|sort out|hand (?:over|out|in))"
)
_SOFT = (
    r"(?:(?:also|just|definitely|then|certainly|personally|try to|try and|go ahead and|make sure to|quickly|\w+ly) )*"
)
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day(?: (?:morning|afternoon|evening|night))?"
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_DATE = rf"(?:{_MONTH} (?:the )?\w+(?:st|nd|rd|th)?|(?:the )?\d\w*(?: of)? {_MONTH}|the \d+(?:st|nd|rd|th))"
_SPAN = r"(?:day|week|weekend|month|quarter|year|sprint)"
_CLOCK = (
    r"(?:\d{1,2}(?::\d\d)?\s*(?:a\.m\.|p\.m\.|am|pm|o'clock)|noon|midnight"
    r"|lunch(?:time)?|close of business|cob|eod|eow)"
)
_POINT = (
    rf"(?:tomorrow(?: (?:morning|afternoon|evening|night))?|tonight|today|(?:next |this |coming )?{_WEEKDAY}"
    rf"|(?:the )?(?:next (?:meeting|call|session)|(?:this|coming) (?:morning|afternoon|evening)|(?:next|this"
    rf"|coming) {_SPAN})"
    rf"|(?:the )?end of (?:the |this |next )?(?:{_SPAN}|{_WEEKDAY}|{_MONTH}|meeting|today)|{_DATE}|{_CLOCK}|{_MONTH})"
)

RULES = Rules(
    promise=caseless(
        rf"(?:I'll|I will|I shall|I'm going to|I am going to|I'm gonna) {_SOFT}{_DEED}",
        rf"let me {_SOFT}(?:get back to|follow up|check (?:with|on)|find out|look into|take care)",
        r"I'll (?:have|get) (?:it|that|this|the [\w ]+) (?:done|ready|finished|fixed|sent)",
        r"my (?:action|task|homework|to-?do|next step)(?: item)? (?:is|will be) to",
        r"I(?:'ll| will) be (?:sending|writing|preparing|working on|responsible for)",
    ),
    offer=caseless(
        rf"I (?:can|could|need to|have to|must|should|want to|'ve got to|plan to|promise to) {_SOFT}{_DEED}"
    ),
    plan=caseless(
        rf"(?:we'll|we will|we need to|we have to|we must|we should|we're going to|we're gonna|we've got to"
        rf"|(?:someone|somebody|one of us) (?:has to|needs to|should|must|will)) {_SOFT}{_DEED}"
    ),
    request=caseless(
        rf"(?:can|could|would|will) (?:you|someone|somebody|anyone|one of you) (?:(?:please|maybe|just|also|kindly"
        rf"|possibly) )*{_SOFT}{_DEED}",
        rf"please {_SOFT}{_DEED}",
        rf"I(?:'d)? (?:need|want|like) you to {_SOFT}{_DEED}",
        rf"you(?:'ll| will| need to| have to|'re going to|'re gonna) {_SOFT}{_DEED}",
    ),
    order=following(rf"(?:'ll| will|'s going to| is going to| is gonna| has to| needs to| should) {_SOFT}{_DEED}"),
    listed=caseless(
        r"action items?:?(?: is| for|,| -)?",
        r"next steps?:",
        r"next steps? (?:is|are|will be) (?:to|for)",
        r"to-?dos? (?:is|are|for)",
    ),
    decision=caseless(
        r"we(?:'ve| have)? (?:all |now |just |finally |already |both )*(?:decided|agreed|concluded|settled on|chosen"
        r"|chose"
        r"|resolved)",
        r"(?:let's|let us|we'll|we will|we're going to|we're gonna|we are going to) (?:just |then "
        r"|all )?(?:go (?:with|for)"
        r"|stick (?:with|to)|settle on|opt for)",
        r"(?:let's|let us) (?:just |then )?(?:drop|postpone|cancel|keep|ship|launch|move|schedule|remove|skip|delay)",
        r"we(?:'re| are) (?:going|sticking) with",
        r"(?:the|our|my|final) (?:final )?decision (?:is|was|will be)",
        r"(?:it's|it is|that's|that is|so it's) (?:decided|agreed|settled)",
        r"decision: ",
        r"(?:(?:the|this) )?(?:motion|amendment|bill)(?: \w+){0,4} (?:is |was )?(?:carried|agreed to|adopted"
        r"|passe[sd]|approved)",
    ),
    lead=opening(
        r"(?:.*(?:[,;:.!?—-]|\b(?:and|so|but|because|'cause|that|then|think|guess|believe|yeah|well|okay|ok|now"
        r"|basically"
        r"|today|right|alright|actually|finally|case|sum|summary|thus|therefore|again)))?\s*$"
    ),
    due=caseless(
        rf"(?:by|before|until|on|no later than|not later than|at|after|for|over|during) (?:the )?{_POINT}",
        r"by (?:then|the time [\w ]+|the [\w ]*(?:deadline|release|launch|review|deploy|demo))",
        r"(?:in|within) (?:the next )?(?:an?|one|two|three|four|five|six|ten|a couple of|a few|\d+)"
        r"(?: more)? (?:minute|hour|day|week|month|sprint)s?",
        rf"{_POINT}",
        r"as soon as possible|asap|right after (?:this|the|our) (?:meeting|call|session)|after (?:this|the|our) "
        r"(?:meeting|call|session|break)|before (?:the|our|your) (?:next )?(?:meeting|call|session|break|demo|release)",
    ),
    agreement=opening(
        r"(?:oh |yeah |okay |well |ah )?(?:yes|yeah|yep|yup|sure|of course|okay|ok|absolutely|will do|definitely"
        r"|certainly"
        r"|no problem|happy to|glad to|gladly|sounds good|got it|on it|fine|all ?right|can do|consider it done"
        r"|you got it"
        r"|I will|I'll|I can|right|perfect)"
    ),
    pledge=caseless(r"I'll|I will|will do|on it|I can(?! not)|consider it done|happy to|glad to|can do"),
    refusal=caseless(
        r"no(?! problem| worries)|nope|nah|can't|cannot|won't|not|don't|didn't|haven't|unfortunately|afraid|sorry"
        r"|but|busy|if|maybe|perhaps"
        r"|someone else|somebody else|wait|hold on|disagree|depends|rather|instead|never|why|who|what|would"
    ),
    denial=opening(
        r"(?:oh |well |um |uh |yeah |wait |hmm )*,? ?(?:no|nope|nah|sorry|unfortunately|I'm afraid|I can't|I cannot"
        r"|I won't"
        r"|I don't (?:think|agree|like|want)|I disagree|hold on|wait|not (?:so|yet|me|really|sure)|actually no|can't)"
    ),
    clause=caseless(r",|;|:|—|\band\b|\bbut\b|\bso\b|\bbecause\b|\bor\b"),
    staged=caseless(
        r"share (?:\w+ )?(?:\w+ )?(?:screen|code|slides?|desktop|window)",
        r"(?:all|what|which|how|where|why|thing|way) (?:I'll|I will|I'm|I am|we'll|we will|we're)",
        r"take (?:this|the) (?:opportunity|chance|floor)|finish (?:up|off|with|quick\w*|this quick\w*)",
        r"(?:tell|ask|give) (?:you|us|me|them|everyone) (?:what|about|how|why|that|an? (?:question|example|idea"
        r"|overview|demo"
        r"|hint|minute|second|moment|quick|brief|summary|little|short|sense)|one|some|the (?:floor|background))",
        r"(?:ask|make|add|get|give|do|take|put|let|read|bring) (?:a|an|one|two|another|just|my|the|some)? ?(?:quick "
        r"|brief |"
        r"short |small |first |last |little )?(?:question|comment|remark|point|example|joke|sense|guess|bet"
        r"|assumption|thing"
        r"|minute|second|moment|idea|feeling|overview|introduction|intro|break)s?",
        r"(?:make|keep) (?:it|this|that|them) (?:quick|short|brief|simple|fast)",
        r"(?:call|name) (?:it|this|that|these|those|them|him|her)",
        r"(?:take|read|put|do|leave|get|let|move|make|write|set|give|keep|own|meet|add|tell|open|close) (?:it|this"
        r"|that|you"
        r"|them|him|her|me|us)(?: \w+)?(?: \w+)?[.!]?$",
        r"(?:read|write) (?:it|this|that) (?:out|aloud|down|up|to you|on the)",
        r"get (?:to|into|back to (?:that|this|it)|there|started|going|used|rid|stuck|lost|it|tired|old|sick|angry"
        r"|through|the"
        r" (?:point|idea|feeling|impression))",
        r"let (?:you|him|her|them|everyone|somebody|someone) (?!know)\w+",
        r"keep (?:it|that|this|going|talking|doing|on|an open|in mind|saying|trying|your|my)",
        r"give (?:it )?(?:you|him|her|them|up|it|that|this)",
        r"move (?:on|to|over|forward|back|along)|do (?:a|an|the|some|my|your)? ?(?:little|quick|short|brief|best"
        r"|demo|intro)",
        r"put (?:it|this|that) (?:this way|here|there|like)|put up with|make (?:sense|up|do|it to)|check (?:out"
        r"|this out)",
        r"right now|real quick|(?:for|in) a (?:second|moment|minute)|just now|now and then|presentations?",
        r"do (?:everything|anything|all|whatever|my|our)",
        r"read (?:\w+ ){0,5}(?:digits?|first|aloud|out loud)",
    ),
    unreal=caseless(
        r"(?<!check )(?<!see )(?<!out )(?<!ask )(?<!know )(?<!verify )(?<!confirm )(?<!them )(?<!him )(?<!her )if"
        r"|unless"
        r"|suppose|supposing|imagine|pretend|hypothetically|let's say|what if|as long as|otherwise|in theory"
        r"|assuming|else"
        r"|wish|would have|could have|should have|would've|could've|should've|were to|in case|when hell|when pigs"
        r"|(?:when|once) I(?:'m| am) (?:rich|famous|old|dead|retired|president|king|queen)|one day|someday|some day"
    ),
    hedged=caseless(
        r"maybe|perhaps|might|would|I'd|we'd|could be|possibly|hopefully|hope|guess|I wonder|don't know|not sure"
        r"|unlikely"
        r"|probably|doubt|I want to|like to|love to|tempted|thinking (?:of|about)|was going to|were going to|or I'll"
        r"|or we'll|should we|shall we|can we|could we|have we|did we|do we"
    ),
    negated=caseless(
        r"not|never|won't|can't|cannot|don't|didn't|haven't|hasn't|isn't|aren't|wasn't|couldn't|wouldn't|shouldn't"
        r"|no way"
        r"|no longer|hardly|barely|nobody|nor|neither|refuse|before|until|once|yet to"
    ),
    quoted=caseless(
        r"(?<!as I )(?<!like I )(?<!as we )(?<!just )said|says|saying|told|asked|wrote|writes|reads|replied|(?:was"
        r"|were|is|am|'s"
        r"|'m|'re) (?:like|all),?|goes,|claim(?:s|ed)|promised|according to|quote|unquote|he thinks|she thinks"
        r"|they think"
        r"|thought|quoted?|the (?:email|letter|article|slide|ad|movie|script|text|message|song|book) (?:is|says|was)"
        r"|supposed to|supposedly|apparently|heard|remember|kept|keeps"
    ),
    past=caseless(
        r"last (?:week|month|year|time|meeting|quarter|sprint|night|summer|winter|fall|spring)|yesterday|ago|previously"
        r"|originally|at first|at the time|back (?:then|in|when)|used to|earlier|in the past|back in|the other day"
        r"|once upon"
    ),
    joke=caseless(
        r"laugh(?:s|ing|ter|ed)?|(?:just |only )?kidding|joking|joke|(?:ha){2,}|ha ha|hehe|lol|yeah,? right"
        r"|over my dead body"
        r"|sarcas\w+|when pigs|in your dreams|dream on|world domination|to the moon|a million (?:dollars|years)"
        r"|my yacht"
    ),
    retracted=opening(
        r"(?:oh |well |or |but |no |and )?(?:actually,? (?:no|never|I can't|I won't|let's not|wait|scratch|forget)"
        r"|no,? wait"
        r"|wait,? no|scratch that|never ?mind|forget (?:it|that|about)|on second thought|just kidding"
        r"|I'm (?:just )?kidding"
        r"|I'm joking|just joking|not really|or not|as if|I take that back|that was a joke|(?:he|she|they|that's what)"
        r" (?:said|says|told|wrote)|said (?:no one|nobody))"
    ),
)
