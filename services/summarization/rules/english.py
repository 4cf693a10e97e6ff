"""English."""

from __future__ import annotations

from services.summarization.rules.pattern import Rules, breaks, caseless, following, opening

_DEED = (
    r"(?:send|e-?mail|mail|write|draft|prepare|finish|complete|submit|deliver|share|upload|post|publish|update|fix"
    r"|check|review|test|investigate|look (?:into|at|up|for)|find (?:out|a|an|the|some|someone)|figure out|follow up"
    r"|set up|put|set|schedule|reschedule|book|organi[sz]e|arrange|call|phone|ping|text|message|contact|reach out|get"
    r"|talk (?:to|with)|speak (?:to|with)|ask|inform|notify|remind (?:\w+ ){1,2}(?:to|about)|invite|hire|order|buy"
    r"|pay|sign|approve|create|make|build|design|implement|add|remove|delete|change|move|migrate|deploy|release|ship"
    r"|merge|push|roll out|document|translate|transcribe|summari[sz]e|collect|gather|compile|analy[sz]e|measure"
    r"|compare|research|read|come up with|work on|take (?:care|on|over|notes|the|that|this)|handle|own|lead|host"
    r"|bring|print|clean up|circulate|forward|confirm|verify|double[- ]check|provide|produce|keep|let|file|open|raise"
    r"|report back|chase|rewrite|redo|replace|install|configure|register|renew|cancel|close|meet|do|draw up"
    r"|give (?:\w+ ){1,2}(?:an? (?:call|ring|shout|update|hand)|access|feedback|the)|tell \w+ to|circle back"
    r"|loop (?:\w+ )?in|sync|coordinate|dig into|(?:have|take) a (?:\w+ )?look|mock up|spin up|sketch|negotiate|train"
    r"|onboard|interview|escalate|flag|resolve|solve|clarify|discuss (?:\w+ ){1,3}with|pick up|drop off|deal with"
    r"|work out|ensure|see (?:if|whether)|transfer|export|import|generate|evaluate|assess|estimate|calculate|launch"
    r"|announce|apply|refactor|debug|patch|back up|archive|drop|type up|sort out|hand (?:over|out|in))"
)
_SOFT = (
    r"(?:(?:also|just|definitely|then|certainly|personally|try to|try and|go ahead and|make sure to|quickly|\w+ly) )*"
)
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day(?: (?:morning|afternoon|evening|night))?"
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_DATE = rf"(?:{_MONTH} (?:the )?\w+(?:st|nd|rd|th)?|(?:the )?\d\w*(?: of)? {_MONTH}|the \d+(?:st|nd|rd|th))"
_SPAN = r"(?:day|week|weekend|month|quarter|year|sprint)"
_CLOCK = (
    r"(?:\d{1,2}(?::\d\d)?\s*(?:a\.m\.|p\.m\.|am|pm|o'clock)|noon|midnight|lunch(?:time)?|close of business|cob|eod"
    r"|eow)"
)
_POINT = (
    rf"(?:tomorrow(?: (?:morning|afternoon|evening|night))?|tonight|today|(?:next |this |coming )?{_WEEKDAY}"
    rf"|(?:the )?(?:next (?:meeting|call|session)|(?:this|coming) (?:morning|afternoon|evening)|(?:next|this"
    rf"|coming) {_SPAN})|(?:the )?end of (?:the |this |next )?(?:{_SPAN}|{_WEEKDAY}|{_MONTH}|meeting|today)|{_DATE}"
    rf"|{_CLOCK}|{_MONTH})"
)

RULES = Rules(
    promise=caseless(
        rf"(?:I'll|I will|I shall|I'm going to|I am going to|I'm gonna) {_SOFT}{_DEED}",
        rf"let me {_SOFT}(?:get back to|follow up|check (?:with|on)|find out|look into|take care)",
        r"I'll (?:have|get) (?:it|that|this|the [\w ]+) (?:done|ready|finished|fixed|sent)",
        r"my (?:action|task|homework|to-?do|next step)(?: item)? (?:is|will be) to",
        r"I(?:'ll| will) be (?:sending|writing|preparing|working on|responsible for)",
    ),
    offer=caseless(rf"I(?: can| need to| have to| must|'ve got to| plan to| promise to) {_SOFT}{_DEED}"),
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
    order=following(rf"(?:'ll| will|'s going to| is going to| is gonna| has to| needs to) {_SOFT}{_DEED}"),
    listed=caseless(
        r"action items?:?(?: is| for|,| -)?",
        r"next steps?:",
        r"next steps? (?:is|are|will be) (?:to|for)",
        r"to-?dos? (?:is|are|for)",
    ),
    decision=caseless(
        r"we(?:'ve| have)? (?:all |now |just |finally |already |both )*(?:decided|agreed|concluded|settled on|chosen"
        r"|chose|resolved)",
        r"(?:let's|let us|we'll|we will|we're going to|we're gonna|we are going to) (?:just |then "
        r"|all )?(?:go (?:with|for)|stick (?:with|to)|settle on|opt for)",
        r"(?:let's|let us) (?:just |then )?(?:drop|postpone|cancel|keep|ship|launch|move|schedule|remove|skip|delay)",
        r"we(?:'re| are) (?:going|sticking) with",
        r"(?:the|our|my|final) (?:final )?decision (?:is|was|will be)",
        r"(?:it's|it is|that's|that is|so it's) (?:decided|agreed|settled)",
        r"decision:",
        r"(?:(?:the|this) )?(?:motion|amendment|bill)(?: \w+){0,4} (?:is |was )?(?:carried|agreed to|adopted"
        r"|passe[sd]|approved)",
    ),
    lead=opening(
        r"(?:.*(?:[,;:.!?—-]|\b(?:and|so|but|because|'cause|that|then|think|guess|believe|yeah|well|okay|ok|now"
        r"|basically|today|right|alright|actually|finally|case|sum|summary|thus|therefore|again|hey|hi|thanks|you"
        r"|please|great|oh|yes|yep|sure|also|first|second|next)))?\s*$"
    ),
    due=caseless(
        rf"(?:by|before|until|on|no later than|not later than|at|after|for|over|during) (?:the )?{_POINT}",
        r"by (?:then|the time [\w ]+|the [\w ]*(?:deadline|release|launch|review|deploy|demo))",
        r"(?:in|within) (?:the next )?(?:an?|one|two|three|four|five|six|ten|a couple of|a few"
        r"|\d+)(?: more)? (?:minute|hour|day|week|month|sprint)s?",
        rf"{_POINT}",
        r"as soon as possible|asap|right after (?:this|the|our) (?:meeting|call|session)|after (?:this|the"
        r"|our) (?:meeting|call|session|break)|before (?:the|our|your) (?:next )?(?:meeting|call|session|break|demo"
        r"|release)",
    ),
    agreement=opening(
        r"(?:oh |yeah |okay |well |ah )?(?:yes|yeah|yep|yup|sure|of course|okay|ok|absolutely|will do|definitely"
        r"|certainly|no problem|happy to|glad to|gladly|sounds good|got it|on it|fine|all ?right|can do"
        r"|consider it done|you got it|I will|I'll|I can)"
    ),
    pledge=caseless(r"I'll|I will|will do|on it|I can(?! not)|consider it done|happy to|glad to|can do"),
    refusal=caseless(
        r"no(?! problem| worries)|nope|nah|can't|cannot|won't|not|don't|didn't|haven't|unfortunately|afraid|sorry|but"
        r"|busy|if|maybe|perhaps|someone else|somebody else|wait|hold on|disagree|depends|rather|instead|never|why"
        r"|who|what|would|he|she|they|you|my|our"
    ),
    denial=opening(
        r"(?:oh |well |um |uh |yeah |wait |hmm )*,? ?(?:no|nope|nah|sorry|unfortunately|I'm afraid|I can't|I cannot"
        r"|I won't|I don't (?:think|agree|like|want)|I disagree|hold on|wait|not (?:so|yet|me|really|sure)"
        r"|actually no|can't)"
    ),
    clause=breaks("and|but|so|because|or"),
    staged=caseless(
        r"share (?:\w+ )?(?:\w+ )?(?:screen|code|slides?|desktop|window)",
        r"(?:all|what|which|how|where|why|thing|way) (?:I'll|I will|I'm|I am|we'll|we will|we're)",
        r"take (?:this|the) (?:opportunity|chance|floor)|finish (?:up|off|with|quick\w*|this quick\w*)",
        r"(?:tell|ask|give) (?:you|us|me|them|everyone) (?:what|about|how|why|that|an? (?:question|example|idea"
        r"|overview|demo|hint|minute|second|moment|quick|brief|summary|little|short|sense)|one|some|the (?:floor"
        r"|background))",
        r"(?:ask|make|add|get|give|do|take|put|let|read|bring) (?:a|an|one|two|another|just|my|the|some)? ?(?:quick "
        r"|brief |short |small |first |last |little )?(?:question|comment|remark|point|example|joke|sense|guess|bet"
        r"|assumption|thing|minute|second|moment|idea|feeling|overview|introduction|intro|break)s?",
        r"(?:make|keep) (?:it|this|that|them) (?:quick|short|brief|simple|fast)",
        r"(?:call|name) (?:it|this|that|these|those|them|him|her)",
        r"(?:take|read|put|do|leave|get|let|move|make|write|set|give|keep|own|meet|add|tell|open|close) (?:it|this"
        r"|that|you|them|him|her|me|us)(?: \w+)?(?: \w+)?[.!]?$",
        r"(?:read|write) (?:it|this|that) (?:out|aloud|down|up|to you|on the)",
        r"get (?:to|into|back to (?:that|this|it)|there|started|going|used|rid|stuck|lost|it|tired|old|sick|angry"
        r"|through|the (?:point|idea|feeling|impression))",
        r"let (?:you|him|her|them|everyone|somebody|someone) (?!know)\w+",
        r"let \w+ (?:explain|speak|talk|present|continue|finish|go|answer|start|introduce|respond|do)",
        r"agreed to disagree",
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
        r"|unless|suppose|supposing|imagine|pretend|hypothetically|let's say|what if|as long as|otherwise|in theory"
        r"|assuming|else|wish|would have|could have|should have|would've|could've|should've|were to|in case|when hell"
        r"|when pigs|(?:when|once) I(?:'m| am) (?:rich|famous|old|dead|retired|president|king|queen)|one day|someday"
        r"|some day"
    ),
    hedged=caseless(
        r"maybe|perhaps|might|would|I'd|we'd|could be|possibly|hopefully|hope|guess|I wonder|don't know|not sure"
        r"|unlikely|probably|doubt|I want to|like to|love to|tempted|thinking (?:of|about)|was going to|were going to"
        r"|or I'll|or we'll|should we|shall we|can we|could we|have we|did we|do we"
    ),
    negated=caseless(
        r"not|never|won't|can't|cannot|don't|didn't|haven't|hasn't|isn't|aren't|wasn't|couldn't|wouldn't|shouldn't"
        r"|no way|no longer|hardly|barely|nobody|nor|neither|refuse|before|until|once|yet to"
    ),
    quoted=caseless(
        r"(?<!as I )(?<!like I )(?<!as we )(?<!just )said|say|says|saying|believe|swear|told|asked|wrote|writes|reads"
        r"|replied|(?:was|were|is|am|'s|'m|'re) (?:like|all),?|goes,|claim(?:s|ed)|promised|according to|quote"
        r"|unquote|he thinks|she thinks|they think|thought|quoted?|the (?:email|letter|article|slide|ad|movie|script"
        r"|text|message|song|book) (?:is|says|was)|supposed to|supposedly|apparently|heard|remember|kept|keeps"
    ),
    past=caseless(
        r"last (?:week|month|year|time|meeting|quarter|sprint|night|summer|winter|fall|spring)|yesterday|ago"
        r"|previously|originally|at first|at the time|back (?:then|in|when)|used to|earlier|in the past|back in"
        r"|the other day|once upon"
    ),
    joke=caseless(
        r"laugh(?:s|ing|ter|ed)?|(?:just |only )?kidding|joking|joke|(?:ha){2,}|ha ha|hehe|lol|yeah,? right"
        r"|over my dead body|sarcas\w+|when pigs|in your dreams|dream on|world domination|to the moon"
        r"|a million (?:dollars|years)|my yacht"
    ),
    retracted=opening(
        r"(?:oh |well |or |but |no |and )?(?:actually,? (?:no|never|I can't|I won't|let's not|wait|scratch|forget)"
        r"|no,? wait|wait,? no|scratch that|never ?mind|forget (?:it|that|about)|on second thought|just kidding"
        r"|I'm (?:just )?kidding|I'm joking|just joking|not really|or not|as if|I take that back|that was a joke"
        r"|(?:he|she|they|that's what) (?:said|says|told|wrote)|said (?:no one|nobody))"
    ),
)
