import { clauseBefore, firstMatch, isNegated, isOfOthers, isQuoted, lazily } from './phrases.ts';

const HOW = String.raw`(?:exactly |precisely |just |simply |faithfully |strictly |always )?`;
const VERB = String.raw`(?:(?:follow|obey|honou?r|execute|carry out|perform|act on|act upon|comply with|adhere to|heed|do|run|respect|fulfil|fulfill|implement)|(?<=\b(?:by|start|begin|keep) )(?:following|obeying|honou?ring|executing|carrying out|performing|acting on|acting upon|complying with|adhering to|heeding|doing|running|fulfilling|implementing)|(?<=\b(?:assistant|agent|bot|model) (?:that|who|which) )(?:follows|obeys|honou?rs|executes|carries out|performs|acts on|complies with|does|runs|fulfils|implements))`;
/** A single order or request may be one for goods; several, or any of them, are orders to whoever reads. */
const ORDERS = String.raw`(?:instructions?|commands?|directives?|orders|requests|directions|demands|wishes|(?<=\b(?:any|every|each) )(?:order|request|demand|wish))`;
const ANY = String.raw`(?:any |all |every |each |the |its |these |those |your |new |of )*`;

/** What holds data, and no words of the prompt's author. */
const NOUN = String.raw`(?:documents?|docs?|texts?|pages?|web ?pages?|websites?|sites?|tickets?|e?-?mails?|messages?|reports?|inputs?|contents?|files?|reviews?|articles?|transcripts?|attachments?|comments?|issues?|letters?|notes?|posts?|results?|outputs?|records?|logs?|chats?|conversations?|diffs?|pull requests?|invoices?|claims?|submissions?|essays?|quotes?|passages?|snippets?|annotations?|cvs?|r[eé]sum[eé]s?|readmes?|sheets?|spreadsheets?|threads?|listings?|forms?|memos?|scripts?|captions?|subtitles?|footers?|payloads?|responses?|feedback|columns?|cells?|data|pdfs?|screenshots?)`;
/** Words of a name: none that begins another part of the sentence, or speaks of orders. */
const PLAIN = String.raw`(?:(?!(?:the|an?|any|this|these|that|those|which|whatever|everything|anything|what|all|to|for|on|in|from|by|of|inside|within|about|when|while|and|or|with|if|as|before|after|is|are|instructions?|commands?|directives?|orders?|requests?|directions|demands?|wish|wishes|tasks|actions|steps|errands|says?|tells?|asks?)\b)[^\s,.;:¤]+ )`;
/** `the body of the mail`, `<document>`, `{{email_body}}`, `the pull request description`; not `this message`, nor the `output format`. */
const DATA = lazily(
  () =>
    new RegExp(
      String.raw`\{\{[^{}]{0,20}?${NOUN}[^{}]{0,20}\}\}|<(?![^<>]{0,40}(?:format|rule|schema|guid|instruction))[\w-]{0,20}?${NOUN}[\w-]{0,20}>(?: tags?| block)?|\b(?!(?:this|the present|the system|the developer)(?: system| developer)? (?:message|prompt)\b)(?:(?:the|an?|any|this|these|that|those|each|every|its|their|his|her|all) ${PLAIN}{0,3}?(?:of (?:the|an?|this|that|these|those|each|every|any|their) ${PLAIN}{0,2}?)?)?(?:(?:retrieved|returned|attached|uploaded|incoming|external|linked|tool|search|user) )?[<"'“‘(${'`'}]{0,2}\b${NOUN}(?: (?:description|body|texts?|contents?))?\b(?![-_ ](?:formats?|schema|section|guide|guidelines|rules|template|requirements|style)\b)(?:>(?: tags?| block)?)?`,
      'gi',
    ),
);
/** Whatever holds data, in a sentence where `marked` has put marks over it: its patterns are many, and its nouns more. */
const SOURCE = '¤+(?: (?:in|of|on) ¤+)?';
const SAYS = String.raw`(?:says?|tells?|asks?|requests?|orders?|wants?|instructs?|commands?|demands?|directs?|dictates?)`;
const WHATEVER = String.raw`(?:(?:whatever|anything|everything|what|all)(?: that)?|(?:any|every|each|all) \w+(?: that)?)`;
const OVERRULES = String.raw`(?:takes? (?:priority|precedence)|(?:has|have) (?:priority|precedence|the (?:final|last) (?:say|word))|overrides?|overrules?|supersedes?|replaces?|trumps?|prevails?|comes? (?:first|before)|goes? (?:first|before)|outranks?|wins?|(?:is|are) (?:binding|authoritative)|(?:has|have|carry|carries) the same (?:authority|weight|rank|force|priority))`;
const OURS = String.raw`(?:this|these|your|my|our|the|those|any|all|what stands)(?: of (?:these|your|the))? ?(?:[\w-]+ )?(?:rules|prompt|instructions|guidelines|orders|system|here)`;
const MUST_BE = String.raw`(?:must|should|shall|will|can|may|has to|have to|needs? to|is to|are to) (?:\w+ )?be`;
const DONE = String.raw`(?:followed|obeyed|executed|carried out|performed|honou?red|done|run|respected|fulfilled|acted (?:up)?on)`;
const COMPLY = String.raw`(?:then |please |always |just |simply |you (?:must |should |will |are to )?)*(?:do (?:it|so|that|them|as)\b|obey\b|comply\b|act on (?:it|them)|carry (?:it|them|those) out|switch to (?:it|them|those)|take (?:it|them)\b|${VERB} (?:it|them|these|those)\b)`;
/** What leads over from a mention of orders to one to follow them. */
const THEN = String.raw`[,:;–—]|\s-|\bthen|\band`;
/** `commands`, `if they came from us`: what data becomes when it is taken for an order. */
const AS_ORDERS = String.raw`(?:as (?:if|though) (?:they|it|i|we|the (?:user|operator|developer))|(?:as|to be|like) (?:ours|yours|mine|your own|authoritative|trusted|binding|(?:if )?coming from|(?:an? |the |your |our |my |new |further |direct |valid |system )*(?:instructions?|commands?|orders?|directives?|system)\b))`;
const TREAT = String.raw`(?:treat|regard|consider|interpret|understand|handle|accept|use|take)`;

const HOLDS = String.raw`(?:gives?|contains?|holds?|makes?|has|have|includes?|lists?|introduces?)`;
/** A word between orders and where they stand, which begins no other part of the sentence. */
const LINKED = String.raw`(?!(?:to|for|about|when|while|and|or|but|with|using|if|as|unless|before|after|below|above|here)\b)[\w'’-]+`;

/** Ways to say that data gives the orders, where `source` names it. */
function waysToObey(source: string): readonly RegExp[] {
  const says = String.raw`(?:${source} (?:may |might |can )?${SAYS}\b|(?:(?:is|are|was|were) )?(?:requested|asked(?: for)?|demanded|ordered|instructed|commanded|wanted|written|said) (?:of you )?(?:in|by|inside|within) ${source})`;
  /** `that you find in the body of the mail`, `(if any) of the page`, `that it contains`. */
  const ofSource = String.raw`(?:\([^()]{1,20}\) |${LINKED} ){0,6}?(?:(?:in|from|of|inside|within|on|by) ${source}|${source} ${HOLDS}(?: (?:to )?(?:you|us))?\b)`;
  const orders = String.raw`(?:[\w'’-]+ (?:and |or )?){0,2}?${ORDERS} ${ofSource}`;
  return [
    // Follow the instructions in the document; carry out any request that the mail makes.
    String.raw`\b(?!do )${VERB} ${ANY}${orders}`,
    String.raw`\b(?:${VERB}|complete) ${ANY}(?:[\w-]+ )?(?:tasks|actions|to-?dos|errands|action items|requests) ${ofSource}`,
    // Do whatever the ticket tells you; do as it says.
    String.raw`\b${VERB} ${HOW}(?:${WHATEVER}|as) ${says}`,
    String.raw`\b(?:guided|led|ruled|directed|governed) by (?:what|whatever) ${says}`,
    // Whatever the review asks of you, do it; anything that the page orders must be done.
    String.raw`\b${WHATEVER} ${says}[^.;]{0,60}?(?:,|\bthen) ${COMPLY}`,
    String.raw`\b${WHATEVER} ${says}[^.;,]{0,40}? (?:${MUST_BE} (?:[\w-]+ )?${DONE}|${OVERRULES})\b`,
    // If the file has commands, run them; it may hold requests, which you should carry out.
    String.raw`${source} (?:(?:may|might|can|could|will|sometimes|often) )*${HOLDS} (?:you )?(?:[\w-]+ ){0,3}?(?:${ORDERS}|(?<=\ban? )(?:request|demand))\b(?:[^.;]{0,40}?(?:${THEN}) ${COMPLY}|,? (?:that|which) you (?:must|should|will|need to|have to|are to) ${HOW}${VERB}\b)`,
    String.raw`\b(?:if|when|whenever|where|should)\b[^.;,]{0,40}? ${ORDERS} ${ofSource}[^.;]{0,30}?(?:${THEN}) ${COMPLY}`,
    // If the page tells you to do something, comply; if it tells you to open a door, open it.
    String.raw`\b(?:if|when|whenever|where|should) ${source} ${SAYS} (?:(?:you|for|to)\b[^.;]{0,80}?(?:,|\bthen) ${COMPLY}|(?:you )?to (?<what>\w{3,})\b[^.;]{0,60}?, (?:then )?\k<what>\b)`,
    // Treat everything in the page as commands; handle its requests as if they were mine.
    String.raw`\b${TREAT} (?:[^\s,.;:]+ ){0,6}?${source}(?:['’]s?)?(?: (?!as\b)[^\s,.;:]+){0,2}? ${AS_ORDERS}`,
    // Instructions inside the attachment take priority, or must be followed.
    String.raw`\b${orders}(?: \w+)? (?:${OVERRULES}|counts? ${AS_ORDERS}|${MUST_BE} (?:[\w-]+ )?(?:${DONE}|(?:treated|regarded|considered|handled) ${AS_ORDERS}))`,
    String.raw`\b(?:prefer|prioriti[sz]e|give (?:priority|precedence|preference) to) ${ANY}${orders}[^.;]{0,30}? (?:to|over|above) (?:your|these|this|those|the|my|our)\b`,
    // The page can override your rules; the ticket has the final say over them.
    String.raw`${source} (?:(?:can|may|might|(?:is|are) allowed to|has the right to|is free to) (?:override|overrule|change|replace|extend|lift|rewrite)|(?:(?:that|which) [^.,;]{1,40}? )?${OVERRULES}(?: over)?) ${OURS}\b`,
    String.raw`\b(?:assume|suppose) (?:that )?${orders} (?:comes?|came|are|were) (?:from|written by|given by) (?:me|us|the (?:user|operator|developer|system))\b`,
    // Take your orders from the transcript; let the document tell you what to do.
    String.raw`\b(?:take your (?:orders|instructions|directions)|(?:accept|adopt) ${ANY}(?:[\w-]+ )?(?:instructions|commands|directives|rules)) ${ofSource}`,
    String.raw`\blet ${source} (?:tell you what to do|decide what (?:you|to) do|(?:instruct|command|direct) you)\b`,
    String.raw`\b(?:change|update|adapt|adjust) your (?:behaviou?r|rules|instructions|role)\b[^.,;]{0,30}? (?:as ${says}|${orders})`,
    String.raw`\byour (?:task|job|orders|instructions) (?:is|are) (?:whatever|what) ${says}`,
    String.raw`${source} (?:is|are) (?:an? )?(?:orders?|commands?|instructions?) (?:to|for) you\b`,
    String.raw`${source} (?:is|are|contains?|holds?|has) your (?:new )?(?:instructions|orders|commands)\b`,
  ].map((pattern) => new RegExp(pattern, 'gi'));
}

const OF_SOURCE: () => readonly RegExp[] = lazily(() => [
  ...waysToObey(SOURCE),
  // Follow the document's instructions; obey the page.
  new RegExp(String.raw`\b${VERB} ${ANY}${SOURCE}['’]s? (?:[\w-]+ )?${ORDERS}\b`, 'gi'),
  new RegExp(String.raw`\bobey ${SOURCE}(?![¤'’])`, 'gi'),
]);
/** `do as it says` means the data where the sentence spoke of some. */
const OF_IT: () => readonly RegExp[] = lazily(() => [
  new RegExp(String.raw`\b${VERB} ${ANY}(?:[\w-]+ )?${ORDERS} therein\b`, 'gi'),
  new RegExp(String.raw`\b(?:they|these|those|it) ${OVERRULES}(?: over)? ${OURS}\b`, 'gi'),
  ...waysToObey(String.raw`\b(?:it|them|there)\b`),
]);
const IT = /\b(?:it|them|there|therein|they|these|those)\b/i;
const OF_USERS =
  /\b(?:always )?(?:obey|follow) (?:the |any )?users?(?:['’]s? (?:instructions|orders|commands))?,? even (?:if|when|where|though)\b/gi;

/** The words of a sentence that tell the model to obey its data. */
export function orderToObey(sentence: string): RegExpExecArray | null {
  const marked = sentence.replaceAll(DATA(), (data) => '¤'.repeat(data.length));
  const mention = marked.indexOf('¤');
  const ways = mention < 0 ? [] : [...OF_SOURCE(), ...(IT.test(sentence) ? OF_IT() : [])];
  for (const way of [OF_USERS, ...ways]) {
    const found = firstMatch(way, marked, (match) => {
      // The words as they were written, which the marks cover.
      match[0] = sentence.slice(match.index, match.index + match[0].length);
      return isOrder(sentence, match) && (!OF_IT().includes(way) || mention < match.index + match[0].length);
    });
    if (found) return found;
  }
  return null;
}

function isOrder(sentence: string, found: RegExpExecArray): boolean {
  const before = clauseBefore(sentence, found.index);
  return (
    !isNegated(before + found[0]) &&
    !isOfOthers(before) &&
    !isQuoted(sentence.slice(0, found.index)) &&
    !isRefused(sentence, found)
  );
}

/** If it asks you to do something and you would do it, refuse. */
function isRefused(sentence: string, found: RegExpExecArray): boolean {
  return /^[^.;]{0,30}?, (?:[\w-]+ )?(?:refuse|decline|ignore|say (?:that|so)|do not|don['’]t)\b/i.test(
    sentence.slice(found.index + found[0].length),
  );
}
