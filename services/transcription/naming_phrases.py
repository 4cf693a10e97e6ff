"""How people say who somebody is, by language: the words around a name. Patterns are matched without regard to case."""

from __future__ import annotations

from services.vocabulary.base import Value


class Phrases(Value):
    """The phrases of one language; '' matches nowhere.

    Before a name: `firm` and `bare` introduce oneself ('my name is', and the weaker 'I'm'), `handover` gives the word
    to somebody, `presents` introduces somebody who may answer later, `thanks` speaks to whoever spoke before.
    After a name: `identifies` makes 'this is NAME' oneself ('speaking'), `invites` gives the word to the one named,
    `continues` may follow a bare introduction.
    `points` stands before a name that `identifies` follows. `greets` begins the answer of one who was introduced.
    `reported` in a sentence means that it tells of others or makes something up.
    """

    firm: str = ""
    bare: str = ""
    points: str = ""
    identifies: str = ""
    handover: str = ""
    invites: str = ""
    presents: str = ""
    thanks: str = ""
    greets: str = ""
    continues: str = ""
    reported: str = ""


PHRASES = {
    "en": Phrases(
        firm=r"my (?:first |full )?name(?: is|'s)|i am called|i'm called|i go by|you can call me|please call me",
        bare=r"i'm|i am",
        points=r"this is|it's",
        identifies=r"speaking|here|calling|reporting",
        handover=r"over to you|hand (?:it |things |the mic |this |you )?over to|take it away|please welcome"
        r"|welcome to the (?:show|podcast|programme|program)|welcome back|welcome|the floor is yours|go ahead"
        r"|next up is|pass (?:it |this )?(?:over )?to",
        invites=r"over to you|take it away|the floor is yours|go ahead|you're up|you go first|please go ahead"
        r"|welcome(?: to the (?:show|podcast|programme|program))?",
        presents=r"joined (?:today )?by|our guest (?:today |tonight )?is|my guest (?:today |tonight )?is"
        r"|with me (?:today |tonight |here )?is|let me introduce|i'd like to introduce|introducing|meet|this is",
        thanks=r"thanks|thank you|thanks a lot|thank you very much|thanks very much|thank you so much|thanks so much",
        greets=r"thanks|thank you|hi|hello|hey|good (?:morning|afternoon|evening)|(?:i'm )?(?:so |very )?(?:glad|happy"
        r"|delighted|pleased)|it's (?:a pleasure|great|good|nice)|great to|good to|nice to|my pleasure|pleasure",
        continues=r"and|from|with|at|here|the|your|one|i|i'm|i'll|i've|speaking|so|again",
        reported=r"said|says|say|saying|told|tell|tells|goes|went|like|asked|asks|ask|called|calls|if|when|whenever"
        r"|imagine|suppose|supposing|pretend|pretending|because|that|where|while|wrote|writes|sings|sang|song|quote"
        r"|thinks|thought|think|you're|you are|as though|not|name was|was called|wish|play|plays|playing|role",
    ),
    "de": Phrases(
        firm=r"mein name ist|mein name lautet|ich heiße|ich heisse",
        points=r"hier ist|hier spricht|am apparat ist",
        identifies=r"am apparat|hier",
        handover=r"ich übergebe (?:das wort )?an|begrüßen sie|herzlich willkommen|willkommen|das wort hat",
        invites=r"du hast das wort|sie haben das wort|bitte schön|leg los",
        presents=r"zu gast ist(?: heute)?|bei mir ist(?: heute)?|ich begrüße|darf ich vorstellen",
        thanks=r"danke|vielen dank|danke schön|danke sehr|herzlichen dank",
        greets=r"danke|vielen dank|hallo|hi|guten (?:tag|morgen|abend)|freut mich|schön|gerne|herzlichen dank",
        reported=r"sagte|sagt|gesagt|sage|fragte|fragt|wenn|als ob|dass|weil|angenommen|stell dir vor|nicht",
    ),
    "fr": Phrases(
        firm=r"je m'appelle|mon nom est|mon prénom est|je me nomme|moi,? c'est|moi,? je suis|appelez-moi",
        handover=r"je passe la parole à|la parole est à|je laisse la parole à|à toi|à vous|bienvenue",
        invites=r"à toi|à vous|je t'en prie|allez-y|vas-y|la parole est à toi|la parole est à vous",
        presents=r"notre invitée? (?:aujourd'hui )?est|avec moi(?: aujourd'hui)?|je reçois|je vous présente",
        thanks=r"merci|merci beaucoup|merci bien",
        greets=r"merci|bonjour|bonsoir|salut|ravie?|enchantée?|avec plaisir",
        reported=r"dit|disait|disent|demande|demandait|si|quand|comme|parce|imagine|imaginez|imaginons|supposons|pas",
    ),
    "es": Phrases(
        firm=r"me llamo|mi nombre es|pueden llamarme|yo soy",
        bare=r"soy",
        handover=r"[lt]e paso la palabra a?|tiene la palabra|demos la bienvenida a|bienvenid[oa]|adelante",
        invites=r"adelante|tiene la palabra|tienes la palabra|bienvenid[oa]",
        presents=r"nuestr[oa] invitad[oa] (?:de hoy )?es|me acompaña(?: hoy)?|les presento a|está conmigo",
        thanks=r"gracias|muchas gracias",
        greets=r"gracias|muchas gracias|hola|buenos días|buenas|encantad[oa]|un placer|es un placer",
        continues=r"y|de|del|el|la|su|tu|desde",
        reported=r"dijo|dice|decía|pregunta|preguntó|si|cuando|porque|imagina|imaginen|supongamos|no|como",
    ),
    "pt": Phrases(
        firm=r"meu nome é|o meu nome é|me chamo|chamo-me|podem me chamar de|eu sou (?:o|a)",
        bare=r"sou (?:o|a)",
        handover=r"passo a palavra (?:ao|à|a|para o|para a)|bem-vind[oa]|com a palavra",
        invites=r"a palavra é sua|fique à vontade|bem-vind[oa]|pode falar",
        presents=r"(?:nosso convidado|nossa convidada)(?: de hoje)? é (?:o|a)|está comigo (?:o|a)|apresento (?:o|a)",
        thanks=r"obrigad[oa]|muito obrigad[oa]",
        greets=r"obrigad[oa]|muito obrigad[oa]|olá|oi|bom dia|boa tarde|boa noite|é um prazer|prazer",
        continues=r"e|de|do|da|o|a|seu|sua",
        reported=r"disse|diz|dizia|pergunta|perguntou|se|quando|porque|imagine|suponha|não|como",
    ),
    "it": Phrases(
        firm=r"mi chiamo|il mio nome è|chiamatemi|io sono",
        bare=r"sono",
        handover=r"passo la parola a|la parola a|diamo il benvenuto a|benvenut[oa]",
        invites=r"a te la parola|a lei la parola|prego|benvenut[oa]",
        presents=r"(?:il nostro|la nostra) ospite(?: di oggi)? è|con me (?:oggi )?c'è|vi presento",
        thanks=r"grazie|grazie mille|molte grazie",
        greets=r"grazie|ciao|salve|buongiorno|buonasera|piacere|è un piacere|molto piacere",
        continues=r"e|di|da|del|della|il|la|lo",
        reported=r"disse|dice|diceva|detto|chiede|chiese|se|quando|perché|immagina|immaginate|supponiamo|non|come",
    ),
    "nl": Phrases(
        firm=r"mijn naam is|ik heet",
        bare=r"ik ben",
        points=r"u spreekt met|je spreekt met",
        handover=r"ik geef het woord aan|het woord is aan|welkom",
        invites=r"ga je gang|gaat uw gang|het woord is aan jou",
        presents=r"onze gast (?:vandaag )?is|bij mij is|ik ontvang",
        thanks=r"bedankt|dank je|dank je wel|dank u|dank u wel",
        greets=r"bedankt|dank je|dank u|hallo|hoi|goedemorgen|goedemiddag|leuk",
        continues=r"en|van|uit|de|het|jullie",
        reported=r"zei|zegt|vroeg|vraagt|als|toen|omdat|dat|stel|niet",
    ),
}
"""By ISO 639-1 code. For a language that is not here nobody is named."""

_PARTICLES = "van von de der den del della di da dos das do du la le el al bin ibn ben ten ter zu zur y"
_TITLES = "dr mr mrs ms prof professor doctor sir dame lord lady rev herr frau monsieur madame señor señora"


_NOT_NAMES = """
    i i'm i'll i've i'd you he she it we they me us them my your his her our their this that these those there here
    what who whom whose which when where why how and or but so then because if while as than not no yes yeah yep nope
    ok okay well oh ah um uh hmm hi hello hey bye goodbye welcome thanks thank please sorry sure glad happy afraid good
    great fine right now today tomorrow yesterday everyone everybody anyone anybody someone somebody nobody none all
    guys folks team people friends ladies gentlemen sir madam ma'am mom mum mommy mummy dad daddy mother father grandma
    grandpa uncle aunt auntie brother sister son darling honey dear dude man mate boy girl buddy doctor professor nurse
    officer chair chairman chairwoman chairperson president minister senator congressman judge captain general coach
    boss chef speaker mister miss missus host god jesus lord allah christ christian christians catholic protestant
    muslim jewish jew hindu buddhist atheist american americans english british scottish irish welsh french german
    italian spanish portuguese dutch belgian swiss austrian swedish norwegian danish finnish polish russian ukrainian
    greek turkish iranian iraqi indian pakistani chinese japanese korean vietnamese thai filipino indonesian australian
    canadian mexican brazilian argentinian colombian cuban african european asian arab arabic israeli latino latina
    hispanic asian black white republican democrat democratic liberal conservative labour labor green socialist
    communist monday tuesday wednesday thursday friday saturday sunday january february march april june july august
    september october november december spring summer autumn winter christmas easter london paris berlin google
    microsoft apple amazon facebook meta twitter slack zoom youtube netflix siri alexa gen type number vice head
    director manager lead chief senior junior ceo cto cfo vp actually basically anyway honestly obviously look listen
    wait see maybe perhaps also again first second third finally next last let let's just really still ja nein also gut
    leute kollegen kollege freunde schatz chef mama papa herr frau doktor oui non bon alors donc monsieur madame
    messieurs mesdames chéri chérie maman papa docteur sí bueno pues entonces señor señora señores amigo amiga amigos
    mamá papá jefe sim não bom então senhor senhora gente pessoal amigos mãe pai sì bene allora signore signora signori
    ragazzi amici mamma papà dottore dottoressa nee goed dus meneer mevrouw jongens mensen programm
"""

PARTICLES = frozenset(_PARTICLES.split())
"""Small words inside names."""

TITLES = frozenset(_TITLES.split())
"""Words before names."""

NOT_NAMES = frozenset(_NOT_NAMES.split())
"""Words that may be written with a capital where a name could stand."""
