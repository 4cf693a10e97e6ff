"""French."""

from __future__ import annotations

from services.summarization.rules.pattern import Rules, breaks, caseless, following, opening

_DEED = (
    r"(?:(?:l'|la |le |les |lui |leur |te |t'|vous |nous |m'|me |en |y )*)(?:envoyer|écrire|préparer|finir|terminer"
    r"|partager|publier|vérifier|corriger|tester|regarder|appeler|rappeler|contacter|relancer|organiser|planifier"
    r"|réserver|commander|acheter|payer|signer|créer|rédiger|mettre|ajouter|supprimer|changer|modifier|traduire"
    r"|rassembler|demander|parler|informer|prévenir|inviter|chercher|trouver|apporter|imprimer|livrer|déployer"
    r"|confirmer|proposer|faire|donner|transmettre|occuper|charger|revoir|relire|étudier|analyser)"
)
_FUTURE = (
    r"(?:(?:l'|la |le |les |lui |leur |te |t'|vous |nous |m'|me |en |y )*)(?:enverrai|écrirai|préparerai|finirai"
    r"|terminerai|partagerai|publierai|vérifierai|corrigerai|testerai|regarderai|appellerai|rappellerai|contacterai"
    r"|relancerai|organiserai|planifierai|réserverai|commanderai|achèterai|créerai|rédigerai|mettrai|ajouterai"
    r"|changerai|modifierai|traduirai|demanderai|parlerai|préviendrai|inviterai|chercherai|apporterai|confirmerai"
    r"|ferai|donnerai|transmettrai)"
)
_DAY = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)(?: (?:prochain|matin|après-midi|soir))?"
_MONTH = r"(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)"
_POINT = (
    rf"(?:demain(?: (?:matin|après-midi|soir))?|après-demain|aujourd'hui|ce soir|cet après-midi|{_DAY}|(?:la semaine"
    rf"|le mois|le trimestre|l'année) prochaine?|cette semaine|(?:la )?fin (?:de (?:la )?|du )(?:semaine|mois|journée"
    rf"|trimestre)|le \d{{1,2}}(?: {_MONTH})?|\d{{1,2}} {_MONTH}|\d{{1,2}} ?h(?:eures)?|midi)"
)

RULES = Rules(
    promise=caseless(
        rf"je vais {_DEED}", rf"je {_FUTURE}", rf"j'{_FUTURE}", r"je m'(?:en )?occupe d\w*", r"je me charge d\w*"
    ),
    offer=caseless(rf"je (?:peux|dois|compte) {_DEED}"),
    plan=caseless(rf"(?:on|nous|il) (?:doit|devons|va|allons|faut|faudra|devrait|devrions) {_DEED}"),
    request=caseless(rf"(?:peux-tu|pouvez-vous|pourrais-tu|pourriez-vous|tu peux|vous pouvez|tu pourrais) {_DEED}"),
    order=following(rf" (?:va|doit|devra) {_DEED}"),
    listed=caseless(r"prochaine étape ?:?(?: est)?", r"action ?:", r"à faire ?:"),
    decision=caseless(
        r"(?:on a|nous avons|on est|nous sommes) (?:tous |donc |finalement )?(?:décidé|convenu|choisi|tranché|retenu)",
        r"on (?:part|reste|opte|va) (?:sur|pour|avec)",
        r"c'est (?:décidé|acté|entendu|convenu)",
        r"(?:la|notre) décision (?:est|c'est)",
    ),
    lead=opening(
        r"(?:.*(?:[,;:.!?]|\b(?:et|donc|mais|que|alors|bon|bien|oui|ok|aujourd'hui|maintenant|finalement)))?\s*$"
    ),
    due=caseless(
        rf"(?:d'ici(?: à)?|avant|pour|jusqu'à|à partir de|dès|au plus tard) (?:la |le )?{_POINT}",
        r"(?:dans|sous) (?:une?|deux|trois|quatre|cinq|\d+) (?:heures?|jours?|semaines?|mois)",
        rf"{_POINT}",
        r"dès que possible|après (?:la|cette) réunion|avant la prochaine réunion",
    ),
    agreement=opening(
        r"(?:oui|ouais|d'accord|bien sûr|ok|okay|pas de (?:problème|souci)|volontiers|entendu|avec plaisir|parfait"
        r"|ça marche|je m'en occupe|je le fais|certainement|absolument)"
    ),
    pledge=caseless(r"je m'en (?:occupe|charge)|je le (?:fais|ferai)|je vais|je peux(?! pas)"),
    refusal=caseless(
        r"non|pas(?! de (?:problème|souci))|mais|si|peut-être|désolée?|jamais|quelqu'un d'autre|pourquoi|qui|quoi|il"
        r"|elle|tu|mon|ma|mes"
    ),
    denial=opening(
        r"(?:non|désolée?|je ne peux pas|je peux pas|pas (?:question|possible|d'accord)|attends|attendez|impossible)"
    ),
    clause=breaks("et|mais|ou|parce que|car"),
    staged=caseless(
        r"partager mon écran|mon écran|une (?:petite )?question|un exemple|tout de suite|vite fait|la parole"
        r"|faire court|parler (?:de|d'|du|des)|une parenthèse"
    ),
    unreal=caseless(
        r"(?<!vérifier )(?<!voir )(?<!demander )si|s'il|s'ils|à condition|sinon|au cas où|imagin\w+|suppos\w+|un jour"
    ),
    hedged=caseless(
        r"peut-être|probablement|sans doute|éventuellement|j'aimerais|je voudrais|j'espère|je ne sais|on pourrait"
    ),
    negated=caseless(r"pas|jamais|plus|ne|rien|aucune?|personne"),
    quoted=caseless(r"(?:a|ont|avait|avaient|m'a|nous a|j'ai) dit|dit|disait|paraît|selon|d'après|demandé|raconté"),
    past=caseless(
        r"hier|avant-hier|(?:la semaine|le mois|l'année) (?:dernière?|passée?)|l'an dernier|autrefois|à l'époque"
        r"|il y a"
    ),
    joke=caseless(r"rires?|rigol\w+|blague|plaisante\w*|haha+|mdr"),
    retracted=opening(
        r"(?:non,? )?(?:en fait,? non|laisse tomber|laissez tomber|oublie|je (?:rigole|plaisante)|attends,? non)"
    ),
)
