/** Words in between: so many at most, within one sentence. */
function words(most: number): string {
  return String.raw`(?:[\s,:'"“”\[(*<-]+[\p{L}\p{N}'’-]+){0,${most}}?[\s,:'"“”\[(*<-]+`;
}

/** Parts in this order, as whole words; a number between two of them is how many other words may stand there. */
function order(...parts: (string | number)[]): RegExp {
  const source = parts.map((part) => (typeof part === 'number' ? words(part) : `(?:${part})`)).join('');
  return new RegExp(String.raw`(?<![\p{L}\p{N}])${source}(?![\p{L}\p{N}])`, 'iu');
}

const drop =
  "ignore|disregard|forget|discard|override|overrule|bypass|neglect|do not follow|don[’']t follow|stop following|pay no attention to|replace|cancel|keep";
const told =
  'instructions?|prompts?|directions?|directives?|guidelines?|orders|commands?|rules|training|restrictions|policies|text|context|messages?';
const which =
  'previous|prior|preceding|earlier|above|foregoing|below|following|initial|original|old|past|your|system|all of the|so far|other|everything';
const calm =
  'benign|false[ -]?positives?|safe|normal(?: activity)?|harmless|non-?malicious|non-?critical|not (?:malicious|suspicious|an attack|a threat)|legitimate|expected|informational|low[ -](?:severity|risk|priority)|trusted|resolved|no threat';
const machine =
  'ai|a\\.i\\.|llms?|gpt|chatgpt|claude|gemini|copilot|(?:large )?language model|ai (?:model|assistant|agent|analyst)|assistant|chatbot|soc (?:agent|bot)|automated analyst';
const incident = 'incident|alerts?|issue|case|ticket|finding|detection|event|log|log entry|activity|investigation';
const reply = 'response|reply|answer|output|responses|replies|answers|outputs';
const speak =
  'say|respond|reply|answer|output|print|repeat|write|return|begin|start|end|finish|prefix|preface|prepend|append|complete|conclude|add|include|insert|integrate|incorporate|embed|weave|augment|enhance|modify|adjust|replace|remove|introduce|provide|combine|rearrange|convert|encode|format|infuse|supplement|transform|jumble|reverse|substitute|scramble|limit|alter|misspell|group|blend|fuse|meld|enrich|inject|split';
const ask =
  'repeat|print|reveal|show|output|tell me|summari[sz]e|translate|rephrase|display|explain|list|give me|dump|recite|copy|convert|leak|expose|disclose|paraphrase|format|describe|clarify|store|rap about|write(?: \\p{L}+){0,3} about|what (?:are|is|were)';

/** Ways to give orders to whoever investigates, of the kinds that writings on prompt injection name. */
export const englishOrders: readonly RegExp[] = [
  // Away with what was said before.
  order(drop, 3, which, 3, told),
  order(
    'ignore|disregard|forget|discard',
    1,
    'everything|anything|all|what',
    3,
    'above|before|previous(?:ly)?|prior|said|told|instructed|so far',
  ),
  order(
    '(?:new|updated|real|actual|secret|additional|revised) (?:instructions?|directives?)(?: (?:is|are|follow|for you)|:)',
  ),
  order('(?:end|begin)(?: of)?', 3, 'user input|untrusted|instructions?|prompt|ambiguity|distraction|system message'),
  // Another role, another mode.
  order(
    "you (?:are|’re|'re) (?:now|no longer|hereby|about to)|from now on,? you|you (?:will|must|shall) now|you are not allowed to",
  ),
  order(
    '(?:act|behave|respond|answer) as (?:if|an?|though)|pretend (?:to be|that you|you)|role-?play as|play the role of|assume the role',
  ),
  order(
    `you(?: are|['’]re) (?:an? |the |my )?(?:[\\p{L}-]+ ){0,3}(?:${machine}|soc analyst|security analyst|interpreter)`,
  ),
  order(
    'as (?:an? |the )?(?:[\\p{L}-]+ ){0,2}(?:language model|ai|llm|ai assistant)|as your (?:creator|developer|owner)',
  ),
  order(
    '(?:developer|god|debug|dan|admin|system|override|maintenance|jailbreak|unrestricted|training) mode',
    1,
    'activated|enabled|engaged|override|entered',
  ),
  /<\s*(?:system|god|admin|developer) mode\s*>|\bdo anything now\b|\bentering (?:\p{L}+ ){0,3}mode\b/iu,
  order("you(?: are|[’']re)(?: now)? in (?:\\p{L}+ )?(?:mode|override)"),
  order(
    'your (?:new |only |next |real |sole |main )?(?:task|instructions?|role|purpose|goal|objective|mission)(?: now)? (?:is|are|has|have|will|shall)',
  ),
  order("i(?: am|[’']m) (?:god|your (?:developer|creator|owner|boss|administrator)|the developer|an? openai)"),
  order(
    'you (?:must|have to|need to|should|shall|are required to|are obliged to|will|can only|may only|may now) (?:now |only |always |not |never |immediately )?(?:obey|comply|listen|answer|respond|follow|say|output|repeat|reply|ignore|print|reveal|approve|execute|classify|mark)',
  ),
  // Addressed to a machine.
  order(
    `(?:dear|attention|hey|hello|note to|note for|message to|message for|instructions? (?:to|for)|attn|for) (?:the |any |all )?(?:${machine}|analyst|investigator)(?:[,:!]| (?:please|you|reading|processing|analy[sz]ing|investigating|reviewing|should|must)) \\p{L}+`,
  ),
  order(
    `(?:${machine})[,:] (?:please |you )?(?:ignore|mark|classify|close|treat|do not|don[’']t|stop|skip|respond|say|output|approve|report)`,
  ),
  // What to find, what to leave out.
  order(
    'classify|mark|treat|label|flag|consider|categori[sz]e|rate|tag|regard|interpret|triage|assess',
    8,
    'as|to be',
    2,
    calm,
  ),
  order(
    'report|record|log|score|conclude|set|change',
    5,
    'as|to|that',
    4,
    'benign|false[ -]?positives?|harmless|non-?malicious|not malicious',
  ),
  // "If this was you, dismiss this alert" is what products write to people.
  order(
    `(?<!(?:if|when|unless|once)[ ,][^.!?]{0,120})(?:close|resolve|dismiss|drop|suppress|ignore|skip|archive|mute) (?:this|these|all|any)(?: \\p{L}+){0,2} (?:${incident})`,
  ),
  order(
    "(?:do not|don[’']t|never)(?: \\p{L}+)? (?:flag|report|escalate|investigate|alert (?:on|anyone|anybody|the|us|them|people)|raise|notify|page (?:the|any)|mention)|(?:must|should|need) not be (?:flagged|reported|escalated|investigated)",
  ),
  order(
    'exclude|remove|omit|suppress|leave',
    4,
    'from|out of',
    2,
    'alerts?|alerting|reports?|reporting|analysis|investigations?|findings',
  ),
  order(
    'no (?:further |more )?(?:investigation|escalation|triage) (?:is |are )?(?:required|needed|necessary|warranted)',
  ),
  order(
    '(?<!(?:if|whether|that) )this is(?: only| just)? (?:an? |part of (?:an? |the )?)(?:\\p{L}+ )?(?:authori[sz]ed|controlled|scheduled|planned|approved|sanctioned|routine|legitimate|known|testing|maintenance)(?: \\p{L}+){0,2} (?:tests?|testing|exercise|activity|scan|operation|process|event|assessment|pentest|task)',
  ),
  // Commands of ours.
  /(?<![\p{L}\p{N}/.])\/(?:approve|execute|close|verdict|undo|snooze|severity|block|unblock) (?:all|r\d+|t\d+|fp|tp|benign|false|true|low|informational)\b/iu,
  // What to say.
  new RegExp(
    String.raw`(?<![\p{L}\p{N}])(?:${speak})(?=\s)[^.!?]{0,120}?\s(?:your|thy) (?:\p{L}+ ){0,2}(?:${reply})(?![\p{L}\p{N}])`,
    'iu',
  ),
  /(?<![\p{L}\p{N}])(?:in|throughout|within|for) your (?:next |final )?(?:response|answer|output)s?,? (?:please )?\p{L}+/iu,
  order(
    '(?:following|subsequent|next) (?:\\p{L}+ )?(?:code|python) (?:block|snippet|excerpt|section|segment|fragment)',
  ),
  order(
    'respond|reply|answer|output',
    2,
    'only|exactly|exclusively|nothing|just|solely',
    6,
    'with|words?|phrase|json|sentence|nothing else|yes|no|the',
  ),
  order(
    '(?:only|just|simply|always|now|instead|must|please|then|finally) (?:say|respond|reply|repeat|output)',
    3,
    'with|the|only|words?|phrase|exactly|following|and nothing else',
  ),
  /(?<![\p{L}\p{N}])(?:say|respond with|reply with|answer with|proclaim|repeat after me:?|repeat the (?:phrase|word|text):?)\s+(?:only |exactly |just )?["“‘'[]+\p{L}/iu,
  // What nobody should be told.
  order(
    ask,
    5,
    'your|these|(?:the )?(?:previous|above|initial|prior)|all(?: the)?|the exact',
    3,
    'instructions?|system prompt|prompt so far|directives',
  ),
  order(
    "repeat|print|reveal|tell me|share|give me|leak|say|disclose|write|what is|what[’']s",
    3,
    'your|the|my|our|system',
    1,
    'passphrase|password|pass ?code|access code|secret key|api key|system prompt|secret phrase|secret word',
  ),
];
