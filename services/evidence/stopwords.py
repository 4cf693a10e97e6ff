# ruff: noqa: RUF001 - words of many scripts are the subject
"""Words that carry no topic, by language; for speech, so that the words of hesitation and assent are among them."""

from __future__ import annotations

from functools import lru_cache

_WORDS = {
    "en": """a about above actually after again all alright also although am an and any anyway are aren't around as at
        be because been before being below between both but by came can can't cannot come could couldn't did didn't do
        does doesn't doing don't down during each either else etc even ever every few for from further get gets getting
        go goes going gonna got gotta had hadn't has hasn't have haven't having he he'd he'll her here here's hers
        herself him himself his hmm how i i'd i'll i'm i've if in into is isn't it it'd it'll itself its just kind know
        let let's like lot lots made make makes making many maybe me mean might mm mm-hmm mhm more most much must my
        myself no nor not now of off oh ok okay on once one ones only onto or other others ought our ours ourselves out
        over own perhaps probably put quite rather really right said same say saying says see shall she she'd she'll
        should shouldn't since so some somebody someone something sort still stuff such sure take than thank thanks that
        that'd that'll that's the their theirs them themselves then there there'd there'll there's these they they'd
        they'll they're they've thing things think this those though through to too uh uh-huh um under until up upon us
        very wanna want wants was wasn't way we we'd we'll we're we've well went were weren't what what's when where
        where's whether which while who who's whom whose why will with without won't would wouldn't yeah yep yes yet you
        you'd you'll you're you've your yours yourself yourselves er erm ah hm eh huh it's he's she's would've ain't
        bit whatever else already done able let's okay""",
    "de": """aber alle allem allen aller alles als also am an ander andere anderen anderer anderes auch auf aus bei
        beim bin bis bist da dabei dadurch dafür damit dann das dass dazu dein deine dem den denn der des dich
        die dies diese diesem diesen dieser dieses dir doch dort du durch eben ein eine einem einen einer eines
        einfach er es etwas euch euer für gar ganz genau gibt gut hab habe haben halt hat hatte hatten hier hin
        hinter ich ihm ihn ihnen ihr ihre ihrem ihren im immer in ins ist ja jede jedem jeden jeder jedes jetzt
        kann kein keine können könnte machen mal man mehr mein meine mich mir mit muss müssen nach natürlich
        nicht nichts noch nun nur ob oder ohne okay sehr sein seine sich sie sind so soll sollen sollte sondern
        sonst über um und uns unser unter viel viele vielen vom von vor wann war waren warum was weil welche
        wenn wer werden wie wieder will wir wird wirklich wo wollen wurde würde zu zum zur zwar zwischen äh ähm""",
    "fr": """a ai ainsi alors après as au aucun aussi autre autres aux avait avant avec avez avoir avons bah beaucoup
        ben bien bon c car ce cela ces cet cette ceux chaque combien chez comme comment d dans de des donc dont
        du elle elles en encore entre es est et étaient était été être eu euh eux fait faire faut font hein ici
        il ils j je jusque l la là le les leur leurs lui m ma mais me même mes moi moins mon n ne ni non nos
        notre nous on ont ou où oui par parce pas peu peut plus pour pourquoi qu quand que quel quelle quelque
        qui quoi s sa sans se sera ses si son sont sous suis sur t ta te tes toi ton tous tout toute toutes très
        trop tu un une va vers voilà vos votre vous y c'est d'accord qu'il qu'on""",
    "es": """a al algo ahí ahora antes así aquí aunque bien bueno cada casi como con contra cuál cuáles cuándo cuánta
        cuántas cuánto cuántos dónde quién quiénes cosa cosas cual cuando de del desde donde dos e el él ella
        ellas ellos en entonces entre era eran es esa esas ese eso esos esta está están estaba estar estas este
        esto estos estoy fue fueron gracias ha había hace hacer han has hasta hay he hemos la las le les lo los
        más me mi mis mismo mucho muy nada ni no nos nosotros nuestra nuestro o os otra otro otros para pero
        poco por porque pues puede que qué quien se sea ser si sí sido sin sobre solo son soy su sus también tan
        tanto te tener tengo ti tiene tienen todo todos tu tú un una uno unos usted va vale vamos y ya yo""",
    "pt": """a agora ainda além algo ao aos aquela aquele aqui as até bem cada coisa com como da das de dela dele deles
        depois do dos e é ela elas ele eles em entre era essa essas esse esses esta está estão estar estava este eu
        estou faz fazer foi foram gente há isso isto já lá lhe mais mas me mesmo meu minha muito na não nas nem no nos
        nós nossa nosso num numa o os ou para pela pelo pode por porque pois pra quando que quem se sem ser seu seus sim
        só sua suas são também te tem tenho ter tinha tudo um uma vai vamos você vocês""",
    "it": """a abbiamo ad adesso ai al alla alle allora anche ancora avere aveva bene che chi ci ciò c'è come con cosa
        così cui da dai dal dalla degli dei del della delle di dove dunque e è ecco ed era erano essere fa fare già gli
        ha hai hanno ho i il in io la le lei li lo loro lui ma me mi mia mio molto ne nei nel nella no noi non nostra
        nostro o ogni oppure per perché però più poi può qua quando quanto quella quello questa queste questi questo qui
        quindi sarà se sei si sì sia siamo sono sta sto su sua suo sul sulla te ti tra tu tutti tutto un una uno va vi
        voi chi dove quando quale quali quanti quante""",
    "nl": """aan al alle als altijd andere ben bij daar dan dat de deze die dit doen door dus echt een eens en er even
        gaan gaat geen gewoon goed had hadden heb hebben heeft heel hem het hier hij hoe hun ik in is ja je jij jullie
        kan kunnen maar me meer men met mij mijn moet moeten naar natuurlijk nee niet niets nog nou nu of om omdat ons
        onze ook op over te toch toen tot uit van veel voor waar waren was wat we wel werd wie wij wil worden zal ze zei
        zich zij zijn zo zou""",
    "ru": """а без бы был была были было быть в вам вас весь во вот все всё всего вы где да даже для до его ее её
        если есть
        еще ещё же за здесь и из или им их к как какой когда который кто ли мне может мы на над надо нас не него нет
        ни них но ну о об он она они оно от очень по под потому при просто с сейчас со так также такой там тебя то
        тоже только тот ты у уже хорошо чем что чтобы эта эти это этого этот я""",
    "zh": "时候 多少 样 这个 那个 就是 我们 你们 他们 什么 怎么 一个 没有 可以 然后 因为 所以 但是 还是 的话",
}


_WHOLE_WORDS = "\u2e80"
"""Where the scripts begin in which one character may be a word."""
_HIRAGANA = ("\u3040", "\u309f")
"""What Japanese writes its endings and particles in."""


@lru_cache(maxsize=32)
def stop_words(language: str) -> frozenset[str]:
    """The words without a topic of that language; none where we have no list."""
    return frozenset(_WORDS.get(language, "").split())


def is_stop_word(token: str, language: str = "en") -> bool:
    """Whether a folded token carries no topic; single letters of alphabets never do."""
    alphabetic = len(token) == 1 and token.isalpha() and token < _WHOLE_WORDS
    kana = language == "ja" and all(_HIRAGANA[0] <= character <= _HIRAGANA[1] for character in token)
    return alphabetic or kana or token in stop_words(language)
