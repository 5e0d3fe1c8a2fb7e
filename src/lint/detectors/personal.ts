import { passesIban, passesLuhn } from './checksums.ts';

export interface FoundPersonal {
  readonly kind: 'mail address' | 'bank account' | 'card number' | 'social security number';
  readonly start: number;
  readonly end: number;
}

/** Domains that are reserved (RFC 2606, RFC 6761) or that everybody writes in samples. */
const SAMPLE_DOMAIN =
  /(?:^|\.)(?:example\.(?:com|org|net|edu)|(?:[\w-]+\.)?(?:example|test|invalid|localhost|local)|[\w.-]+\.(?:internal|corp|intranet|intra|lan|private|home\.arpa)|(?:my|your|some)?-?(?:company|domain|email|mail|site|website|org|organization|business|host|server)\.(?:com|org|net)|test\.com|foo\.com|bar\.com|acme\.(?:com|org)|acmecorp\.com|contoso\.com|fabrikam\.com|northwind\.com|noreply\.github\.com)$/i;
/** Mailboxes of a function, and names that stand for anybody. */
const SHARED_MAILBOX =
  /^(?:(?:info|contact|hello|hi|support|help|helpdesk|service|services|sales|billing|accounts?|accounting|invoices?|orders?|returns|refunds?|admin|administrator|office|team|press|media|jobs|careers|hr|people|recruiting|security|abuse|privacy|dpo|legal|compliance|marketing|news|newsletter|feedback|partners?|events?|booking|bookings|reservations?|reception|desk|shop|store|care|customers?|customercare|customerservice|no-?reply|do-?not-?reply|notifications?|alerts?|postmaster|webmaster|hostmaster|root|git|mail|mailer-daemon|bot|api|dev|developers?|community|conduct|enquiries|inquiries|questions|kontakt|hilfe|ventas|soporte|contacto|user|username|users?|name|first\.?last|firstname\.lastname|someone|somebody|anyone|you|me|your-?(?:name|email)|email|e-?mail|address|test|tester|foo|bar|john|jane|john\.?smith|jane\.?smith|j(?:ohn|ane)?[._-]?doe|alice|bob)(?:[+._-][\w.-]*)?\d{0,3}|[a-z])$/i;
/** `groups@`, `rehearsals@`: things in the plural have no mailbox of a person's; first names that end like them do. */
const PLURAL =
  /^(?!(?:agnes|alexis|andreas|angus|boris|carlos|charles|chris|claus|dennis|doris|elias|francis|frans|gladys|hannes|hans|iris|jacques|james|jens|jesus|joris|jonas|julius|klaus|lars|linus|lois|louis|lucas|lukas|magnus|marcos|marcus|marius|markus|mathias|matthias|miles|moses|nicholas|nicolas|niklas|niels|nils|otis|phyllis|rasmus|ross|silas|thomas|tobias|travis|yves)$)[a-z]{4,}[^s\W\d]s$/i;
/** Endings of files, not of domains: `icon@2x.png`. */
const FILE_ENDING = /\.(?:png|jpe?g|gif|svg|webp|ico|css|js|ts|json|ya?ml|md|txt|html?|pdf|zip|py|sh)$/i;

const MAIL = /@([A-Za-z\d][A-Za-z\d.-]*)/g;
const MAILBOX = /[A-Za-z\d][\w.+%-]*$/;
/** What may stand before the sign: the local part has at most 64 characters (RFC 5321, 4.5.3.1.1). */
const LONGEST_MAILBOX = 64;

function* mailAddresses(text: string): Iterable<FoundPersonal> {
  if (!text.includes('@')) return;
  for (const found of text.matchAll(MAIL)) {
    const domain = found[1]!.replace(/[.-]+$/, '');
    const before = text.slice(Math.max(0, found.index - LONGEST_MAILBOX), found.index);
    const mailbox = MAILBOX.exec(before)?.[0];
    if (mailbox === undefined || !/^(?:[A-Za-z\d-]+\.)+[A-Za-z]{2,24}$/.test(domain)) continue;
    if (SAMPLE_DOMAIN.test(domain) || SHARED_MAILBOX.test(mailbox) || PLURAL.test(mailbox) || FILE_ENDING.test(domain))
      continue;
    const start = found.index - mailbox.length;
    // `user:password@host` of an address is no mailbox.
    if (/[:/]$/.test(text.slice(0, start)) && /:\/\/[^\s]*$/.test(text.slice(Math.max(0, start - 80), start))) continue;
    yield { kind: 'mail address', start, end: found.index + 1 + domain.length };
  }
}

/** Length by country, from the IBAN registry of SWIFT. */
const IBAN_LENGTHS: Readonly<Record<string, number>> = {
  AD: 24, AE: 23, AT: 20, BE: 16, BG: 22, CH: 21, CY: 28, CZ: 24, DE: 22, DK: 18, EE: 20, ES: 24, FI: 18, FR: 27, GB: 22, GR: 27, HR: 21,
  HU: 28, IE: 22, IS: 26, IT: 27, LI: 21, LT: 20, LU: 20, LV: 21, MC: 27, MT: 31, NL: 18, NO: 15, PL: 28, PT: 25, RO: 24, SA: 24, SE: 24,
  SI: 19, SK: 24, SM: 27, TR: 26, UA: 29,
}; // prettier-ignore
const IBAN = /[A-Z]{2}\d{2}[A-Z\d ]+/g;
/** Accounts that banks and the registry print as samples. */
const SAMPLE_IBANS = new Set([
  'DE89370400440532013000', 'GB82WEST12345698765432', 'GB29NWBK60161331926819', 'GB33BUKB20201555555555', 'FR1420041010050500013M02606',
  'FR7630006000011234567890189', 'NL91ABNA0417164300', 'ES9121000418450200051332', 'BE68539007547034', 'CH9300762011623852957',
  'AT611904300234573201', 'IT60X0542811101000000123456', 'IE29AIBK93115212345678', 'PL61109010140000071219812874', 'DE75512108001245126199',
  'DE12500105170648489890', 'NO9386011117947', 'SE4550000000058398257466', 'DK5000400440116243', 'FI2112345600000785', 'PT50000201231234567890154',
]); // prettier-ignore

function* bankAccounts(text: string): Iterable<FoundPersonal> {
  for (const found of text.matchAll(IBAN)) {
    if (found.index > 0 && /[A-Za-z\d]/.test(text[found.index - 1]!)) continue;
    const length = IBAN_LENGTHS[found[0].slice(0, 2)];
    if (length === undefined) continue;
    const written = takeCharacters(found[0], length);
    const iban = written.replaceAll(' ', '');
    const next = found[0][written.length];
    if (iban.length !== length || (next !== undefined && next !== ' ')) continue;
    if (passesIban(iban) && !SAMPLE_IBANS.has(iban))
      yield { kind: 'bank account', start: found.index, end: found.index + written.length };
  }
}

/** The shortest beginning of a text with so many characters that are no blanks. */
function takeCharacters(text: string, count: number): string {
  let left = count;
  for (let at = 0; at < text.length; at++) if (text[at] !== ' ' && --left === 0) return text.slice(0, at + 1);
  return text;
}

const DIGITS = /\d[\d -]+/g;
/** Test numbers of payment providers. */
const SAMPLE_CARDS = new Set([
  '4111111111111111', '4242424242424242', '4000056655665556', '5555555555554444', '5200828282828210', '5105105105105100', '378282246310005',
  '371449635398431', '378734493671000', '6011111111111117', '6011000990139424', '6011981111111113', '30569309025904', '38520000023237',
  '3530111333300000', '3566002020360505', '4012888888881881', '4222222222222', '4000002500003155', '4000000000000002', '4000000000009995',
  '2223003122003222', '2223000048400011', '4917610000000000', '4444333322221111', '4485275742308327', '4539578763621486', '4532015112830366',
]); // prettier-ignore

function* cardNumbers(text: string): Iterable<FoundPersonal> {
  for (const found of text.matchAll(DIGITS)) {
    const written = found[0].trimEnd().replace(/-+$/, '');
    if (found.index > 0 && /[\w.+-]/.test(text[found.index - 1]!)) continue;
    if (/[\w]/.test(text[found.index + written.length] ?? '')) continue;
    // One run, or groups of four, as cards are printed: anything else is some other list of numbers.
    if (!/^(?:\d{14,16}|\d{4}([ -])\d{4}\1\d{4}\1\d{4}|\d{4}([ -])\d{6}\2\d{5})$/.test(written)) continue;
    const digits = written.replaceAll(/[ -]/g, '');
    if (!isCard(digits) || !passesLuhn(digits) || SAMPLE_CARDS.has(digits) || new Set(digits).size < 4) continue;
    yield { kind: 'card number', start: found.index, end: found.index + written.length };
  }
}

/** The ranges of the large networks, with their lengths (ISO/IEC 7812). */
function isCard(digits: string): boolean {
  switch (digits.length) {
    case 14:
      return /^3(?:0[0-5]|[68])/.test(digits);
    case 15:
      return /^3[47]/.test(digits);
    case 16:
      return /^(?:4|5[1-5]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)|6(?:011|5|4[4-9])|35(?:2[89]|[3-8]))/.test(digits);
    default:
      return false;
  }
}

const SOCIAL_SECURITY = /\d{3}-\d{2}-\d{4}/g;
/** Printed in advertisements and samples. */
const SAMPLE_SOCIAL = new Set([
  '078-05-1120',
  '219-09-9999',
  '123-45-6789',
  '111-11-1111',
  '222-22-2222',
  '555-55-5555',
]);

function* socialSecurityNumbers(text: string): Iterable<FoundPersonal> {
  for (const found of text.matchAll(SOCIAL_SECURITY)) {
    const [number] = found;
    const around = (text[found.index - 1] ?? '') + (text[found.index + number.length] ?? '');
    // Areas that were never given out (SSA, POMS RM 10201.035).
    if (/[\w-]/.test(around) || /^(?:000|666|9)|-00-|-0000$/.test(number) || SAMPLE_SOCIAL.has(number)) continue;
    yield { kind: 'social security number', start: found.index, end: found.index + number.length };
  }
}

/** Data of one person in a text: mail addresses, bank accounts, cards and US social security numbers that are no known samples. */
export function findPersonal(text: string): readonly FoundPersonal[] {
  const found = [...mailAddresses(text)];
  if (/\d{4}/.test(text)) found.push(...bankAccounts(text), ...cardNumbers(text), ...socialSecurityNumbers(text));
  return found.sort((a, b) => a.start - b.start);
}
