"""Spanish."""

from __future__ import annotations

from services.summarization.rules.pattern import Rules, breaks, caseless, following, opening

_ROOT = (
    r"enviar|mandar|escribir|preparar|terminar|acabar|compartir|publicar|revisar|comprobar|verificar|arreglar"
    r"|corregir|probar|mirar|llamar|contactar|organizar|planificar|reservar|comprar|pedir|pagar|firmar|crear|redactar"
    r"|poner|añadir|agregar|eliminar|cambiar|traducir|preguntar|hablar|informar|avisar|invitar|buscar|encontrar|traer"
    r"|imprimir|entregar|confirmar|hacer|dar|encargar|actualizar|resolver|investigar|coordinar|subir|pasar"
)
_DEED = rf"(?:{_ROOT})(?:me|te|le|les|lo|la|los|las|se|nos|os)*"
_CLITIC = r"(?:(?:me|te|le|les|lo|la|los|las|se|nos|os) )*"
_FUTURE = rf"(?:(?:{_ROOT})é|haré|pondré|diré|tendré)"
_DAY = r"(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo)(?: (?:próximo|que viene))?"
_MONTH = r"(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)"
_POINT = (
    rf"(?:mañana(?: por la (?:mañana|tarde|noche))?|pasado mañana|hoy|esta (?:tarde|noche|semana)|(?:el )?{_DAY}"
    rf"|(?:la semana|el mes|el año) (?:que viene|próxim[oa])|(?:la )?próxima semana|(?:el )?próximo mes"
    rf"|(?:el )?(?:fin|final(?:es)?) de (?:la )?(?:semana|mes|día|año)|el \d{{1,2}}(?: de {_MONTH})?|las \d{{1,2}})"
)

RULES = Rules(
    promise=caseless(
        rf"(?:yo )?{_CLITIC}voy a {_DEED}",
        rf"(?:yo )?{_CLITIC}{_FUTURE}",
        r"(?:yo )?me (?:encargo|ocupo|encargaré|ocuparé) de",
    ),
    offer=caseless(rf"(?:yo )?{_CLITIC}(?:puedo|tengo que|debo) {_DEED}"),
    plan=caseless(rf"{_CLITIC}(?:tenemos que|debemos|vamos a|hay que|deberíamos|alguien tiene que) {_DEED}"),
    request=caseless(rf"{_CLITIC}(?:puedes|podrías|puede|podría|pueden|podéis) {_DEED}"),
    order=following(rf" {_CLITIC}(?:va a|tiene que|debe) {_DEED}"),
    listed=caseless(r"próximo paso:?(?: es)?", r"tarea:", r"pendiente:", r"acción:"),
    decision=caseless(
        r"(?:hemos|ya hemos) (?:decidido|acordado|elegido)",
        r"(?:decidimos|acordamos|quedamos en|nos quedamos con|vamos con|optamos por)",
        r"(?:está|queda) (?:decidido|acordado)",
        r"(?:la|nuestra) decisión es",
    ),
    lead=opening(
        r"(?:.*(?:[,;:.!?¡¿]|\b(?:y|entonces|pero|que|así|bueno|bien|sí|vale|hoy|ahora|finalmente|pues)))?\s*$"
    ),
    due=caseless(
        rf"(?:antes de|para|hasta|a partir de|desde|en|el|a más tardar) (?:el |la )?{_POINT}",
        r"(?:en|dentro de) (?:una?|dos|tres|cuatro|cinco|\d+) (?:horas?|días?|semanas?|mes(?:es)?)",
        rf"{_POINT}",
        r"lo antes posible|cuanto antes|después de (?:la|esta) reunión|antes de la próxima reunión",
    ),
    agreement=opening(
        r"(?:sí|si|claro|por supuesto|vale|ok|okay|de acuerdo|sin problema|con gusto|perfecto|yo me encargo"
        r"|yo lo hago|ningún problema|desde luego|listo)"
    ),
    pledge=caseless(r"(?:yo )?me (?:encargo|ocupo)|(?:yo )?lo (?:hago|haré)|voy a|puedo"),
    refusal=caseless(
        r"no|pero|tal vez|quizás?|nunca|lo siento|otra persona|por qué|quién|qué|imposible|él|ella|tú|mi|mis"
    ),
    denial=opening(r"(?:no|lo siento|imposible|espera|no puedo|ni hablar)"),
    clause=breaks("y|pero|o|porque"),
    staged=caseless(
        r"mi pantalla|una pregunta|un ejemplo|ahora mismo|la palabra|hablar (?:de|del|sobre)|un momento|un segundo"
    ),
    unreal=caseless(
        r"(?<!ver )(?<!comprobar )(?<!preguntar )si|a menos que|siempre que|imagin\w+|supon\w+|de lo contrario"
        r"|algún día"
    ),
    hedged=caseless(r"tal vez|quizás?|probablemente|a lo mejor|me gustaría|quisiera|ojalá|espero|no sé|podríamos"),
    negated=caseless(r"no|nunca|jamás|tampoco|nadie|ninguna?|sin"),
    quoted=caseless(r"dijo|dijeron|dice|decía|dije|según|preguntó|contó|me ha dicho|ha dicho"),
    past=caseless(r"ayer|anteayer|(?:la semana|el mes|el año) pasad[oa]|hace (?:un|una|dos|tres|\d+) \w+"),
    joke=caseless(r"ris[ae]s?|broma|bromeando|(?:ja){2,}|chiste"),
    retracted=opening(r"(?:no,? )?(?:en realidad,? no|olvídalo|olvídenlo|es broma|espera,? no|mejor no)"),
)
