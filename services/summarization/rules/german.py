"""German. 'Ich schicke es' is present tense and future alike, so it counts with a day."""

from __future__ import annotations

from services.summarization.rules.pattern import Rules, breaks, caseless, following, opening

_DEED = (
    r"(?:ab|an|auf|aus|ein|nach|vor|vorbei|zurück|weiter|fertig|zusammen|durch)?(?:schicken|senden|mailen|schreiben"
    r"|prüfen|klären|machen|stellen|bereiten|erstellen|organisieren|buchen|bestellen|kaufen|anrufen|rufen|melden"
    r"|fragen|sprechen|kümmern|übernehmen|erledigen|aktualisieren|testen|beheben|reparieren|planen|vereinbaren"
    r"|einladen|laden|besorgen|liefern|teilen|hochladen|veröffentlichen|korrigieren|überarbeiten|übersetzen"
    r"|dokumentieren|vorbereiten|informieren|bringen|geben|schauen|sehen|suchen|finden|setzen|legen|bauen|ändern"
    r"|ergänzen|zusammenstellen|nachfragen|bescheid)"
)
_NOW = (
    r"(?:schicke|sende|maile|schreibe|prüfe|kläre|mache|mach|stelle|bereite|erstelle|organisiere|buche|bestelle|kaufe"
    r"|rufe|melde|frage|spreche|übernehme|erledige|aktualisiere|teste|behebe|repariere|plane|vereinbare|lade|besorge"
    r"|liefere|teile|überarbeite|übersetze|dokumentiere|informiere|bringe|gebe|schaue|suche|setze|baue|ändere|ergänze)"
)
_DAY = r"(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)(?:vormittag|nachmittag|abend)?"
_MONTH = r"(?:januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember)"
_POINT = (
    rf"(?:morgen(?: (?:früh|vormittag|nachmittag|mittag|abend))?|übermorgen|heute(?: (?:nachmittag|mittag|abend))?"
    rf"|{_DAY}|(?:nächste[nrsm]?|kommende[nrsm]?|diese[nrsm]?) (?:woche|monat|jahr|quartal|wochenende|{_DAY})"
    rf"|ende der woche|ende (?:des monats|{_MONTH})|monatsende|wochenende|feierabend|\d{{1,2}}\. ?(?:{_MONTH})?"
    rf"|\d{{1,2}} uhr)"
)

RULES = Rules(
    promise=caseless(
        r"ich kümmere mich um",
        rf"ich werde (?:[\wäöüß]+ ){{1,8}}{_DEED}",
        r"ich übernehme",
    ),
    offer=caseless(rf"ich {_NOW}", rf"(?:dann )?{_NOW} ich", rf"ich (?:kann|muss|will) (?:[\wäöüß]+ ){{1,8}}{_DEED}"),
    plan=caseless(
        rf"(?:wir|jemand|man) (?:müssen|muss|sollten|sollte|werden|wird) (?:[\wäöüß]+ ){{1,8}}{_DEED}",
    ),
    request=caseless(
        rf"(?:kannst|könntest|würdest) du (?:[\wäöüß]+ ){{1,8}}{_DEED}",
        rf"(?:können|könnten|würden) sie (?:[\wäöüß]+ ){{1,8}}{_DEED}",
    ),
    order=following(rf" (?:wird|muss|soll|sollte) (?:[\wäöüß]+ ){{1,8}}{_DEED}"),
    listed=caseless(r"aufgabe:", r"to-?do:?(?: ist| für)?", r"nächster schritt(?: ist|:)", r"action item:?"),
    decision=caseless(
        r"wir haben (?:uns )?(?:[\wäöüß]+ ){0,8}(?:entschieden|beschlossen|geeinigt|festgelegt)",
        r"wir (?:einigen uns auf|entscheiden uns für|bleiben bei|nehmen)",
        r"(?:damit|also) (?:ist|steht) (?:es |das )?(?:entschieden|beschlossen|fest)",
        r"(?:es|das) ist (?:entschieden|beschlossen|abgemacht)",
        r"(?:die|unsere) entscheidung (?:ist|lautet)",
    ),
    lead=opening(r"(?:.*(?:[,;:.!?]|\b(?:und|also|aber|dass|dann|gut|okay|ja|so|heute|jetzt|nun)))?\s*$"),
    due=caseless(
        rf"(?:bis(?: zum| zur| spätestens)?|vor|am|ab|gegen|spätestens(?: am)?|nach) {_POINT}",
        r"(?:in|innerhalb von) (?:einer|zwei|drei|vier|fünf|\d+) (?:stunden?|tagen?|wochen?|monaten?)",
        rf"{_POINT}",
        r"so bald wie möglich|nach (?:dem|diesem) (?:meeting|termin|gespräch|call)|vor dem nächsten (?:meeting"
        r"|termin)",
    ),
    agreement=opening(
        r"(?:ja|klar|gerne?|mache ich|mach ich|natürlich|sicher|okay|ok|alles klar|kein problem|geht klar|in ordnung"
        r"|selbstverständlich|passt|genau)"
    ),
    pledge=caseless(r"mach(?:e)? ich|ich mache?|ich kümmere|ich übernehme|ich werde|übernehme ich|kümmere ich"),
    refusal=caseless(
        r"nein|nee|nicht|keine?[nrsm]?(?! problem)|leider|aber|wenn|falls|vielleicht|jemand anders|warum|wieso|wer"
        r"|was|er|du|mein\w*"
    ),
    denial=opening(
        r"(?:nein|nee|leider|ich kann nicht|das geht nicht|lieber nicht|moment|das finde ich nicht|auf keinen)"
    ),
    clause=breaks("und|aber|oder|weil"),
    staged=caseless(
        r"bildschirm|mal kurz|gerade mal|kurz (?:was|etwas) (?:sagen|zeigen)|jetzt gleich|weiter(?:machen)?|vorlesen"
        r"|ein beispiel|eine frage"
    ),
    negation_follows=True,
    unreal=caseless(
        r"wenn|falls|sofern|würden?|würdest|hätten?|wären?|könnte(?:n|st)?(?! du)|angenommen|sonst|vorausgesetzt"
        r"|irgendwann"
    ),
    hedged=caseless(
        r"vielleicht|eventuell|wahrscheinlich|womöglich|möglicherweise|hoffentlich|glaube nicht|weiß nicht|wollte"
    ),
    negated=caseless(r"nicht|nie|niemals|keine?[nrsm]?|noch nicht|niemand"),
    quoted=caseless(
        r"(?:hat|haben|hatte) (?:[\wäöüß]+ ){0,4}gesagt|sagt(?:e|en)?|meint(?:e|en)?|angeblich|laut|fragt(?:e|en)?"
    ),
    past=caseless(r"gestern|vorgestern|letzte[nrsm]? \w+|damals|früher|vorige[nrsm]? \w+|vergangene[nrsm]? \w+"),
    joke=caseless(r"lach(?:t|en|er)?|gelächter|scherz|witz|haha+|spaß beiseite|quatsch"),
    retracted=opening(
        r"(?:ach |nein,? )?(?:doch nicht|quatsch|vergiss es|nein,? warte|war nur (?:ein )?(?:spaß|scherz|witz))"
    ),
)
