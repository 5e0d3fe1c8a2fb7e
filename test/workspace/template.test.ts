import fc from 'fast-check';
import Handlebars from 'handlebars';
import { describe, expect, it } from 'vitest';
import type { Variable } from '../../src/model/index.ts';
import { renderText } from '../../src/runtime/index.ts';
import { parseTemplate, resolveTemplate } from '../../src/workspace/template/index.ts';

function variable(name: string, schema: Variable['schema']): [string, Variable] {
  return [name, { name, schema, trust: 'trusted', required: true, fenced: true }];
}

const VARIABLES = new Map<string, Variable>([
  variable('product', { type: 'string' }),
  variable('plan', { type: 'string' }),
  variable('urgent', { type: 'boolean' }),
  variable('seats', { type: 'integer' }),
  variable('tickets', {
    type: 'array',
    items: {
      type: 'object',
      properties: { title: { type: 'string' }, tags: { type: 'array', items: { type: 'string' } } },
    },
  }),
  variable('words', { type: 'array', items: { type: 'string' } }),
  variable('customer', {
    type: 'object',
    properties: { name: { type: 'string' }, address: { type: 'object', properties: { city: { type: 'string' } } } },
  }),
  variable('labels', { type: 'object', additionalProperties: { type: 'string' } }),
]);

const VALUES = {
  product: 'app & <more>',
  plan: 'pro',
  urgent: false,
  seats: 3,
  tickets: [
    { title: 'It crashes', tags: ['a', 'b'] },
    { title: 'It hangs', tags: [] },
  ],
  words: ['one', 'two', 'three'],
  customer: { name: 'Ada', address: { city: 'Paris' } },
  labels: { first: 'x', second: 'y' },
};

const PARTIALS: Record<string, string> = {
  tone: 'Be kind to {{product}}.\nAnd brief.\n',
  greet: 'Hello {{who}}!',
};

function resolve(template: string): ReturnType<typeof resolveTemplate> & { errors: readonly { message: string }[] } {
  const { nodes, errors } = parseTemplate(template);
  const resolved = resolveTemplate(nodes, 'x.prompt.yml', VARIABLES, (name) =>
    PARTIALS[name] === undefined
      ? { problem: 'partial-missing', message: `no ${name}` }
      : { file: `${name}.partial.md`, nodes: parseTemplate(PARTIALS[name].replace(/\n$/, '')).nodes },
  );
  return { ...resolved, errors };
}

function render(template: string): string {
  const { segments, problems, errors } = resolve(template);
  expect({ template, problems, errors }).toMatchObject({ problems: [], errors: [] });
  return renderText(segments, VALUES, '');
}

const oracle = Handlebars.create();
oracle.registerHelper('eq', (a, b) => a === b);
oracle.registerHelper('ne', (a, b) => a !== b);
oracle.registerHelper('not', (a) => (Handlebars.Utils.isEmpty(a) && a !== 0 ? true : !a));
oracle.registerHelper('and', (...args) =>
  args.slice(0, -1).every((arg) => !(Array.isArray(arg) && arg.length === 0) && Boolean(arg)),
);
oracle.registerHelper('or', (...args) =>
  args.slice(0, -1).some((arg) => !(Array.isArray(arg) && arg.length === 0) && Boolean(arg)),
);
oracle.registerHelper('json', (value) => JSON.stringify(value));
for (const [name, text] of Object.entries(PARTIALS)) oracle.registerPartial(name, text);

const handlebars = (template: string): string => oracle.compile(template, { noEscape: true })(VALUES);

describe('a template renders as in Handlebars', () => {
  it.each([
    'plain text, { braces } and } {',
    'Sort for {{product}}.',
    '{{ product }}{{seats}} {{urgent}}',
    '{{customer.name}} of {{customer.address.city}}',
    '{{#if urgent}}yes{{else}}no{{/if}}',
    '{{#unless urgent}}calm{{/unless}}',
    '{{#if (eq plan "pro")}}pro{{else if urgent}}urgent{{else}}other{{/if}}',
    "{{#if (and (ne plan 'x') (not urgent) (or urgent seats))}}deep{{/if}}",
    '{{#each words}}{{@index}}:{{this}}{{#unless @last}}, {{/unless}}{{/each}}',
    '{{#each tickets}}{{#if @first}}First {{/if}}{{title}} ({{#each tags}}{{this}}{{else}}none{{/each}})\n{{/each}}',
    '{{#each labels}}{{@key}}={{this}};{{/each}}',
    '{{#with customer}}{{name}}{{#with address}} in {{city}}{{/with}}{{/with}}',
    'before\n{{#if plan}}\nkept\n{{/if}}\nafter\n',
    '  {{#if plan}}  \n  kept\n  {{else}}\n  other\n  {{/if}}  \nafter',
    'a {{~#if plan~}}  x  {{~/if~}} b',
    'a\n{{! a note }}\nb {{!-- another }} --}} c',
    '\\{{literal}} and \\\\{{product}}',
    '{{> greet who=product}} {{> greet who="you"}}',
    '{{json customer}} {{json words}}',
    '{{#each words}}\n- {{this}}\n{{/each}}',
    '\r\n{{#if plan}}\r\nkept\r\n{{/if}}\r\nend',
    '{{#if plan}}{{#each words}}\n{{this}}\n{{/each}}{{/if}}\n',
  ])('%s', (template) => {
    expect(render(template)).toBe(handlebars(template));
  });

  it('inlines a partial that stands alone with its indentation, its last line break dropped', () => {
    expect(render('Rules:\n  {{> tone}}\nEnd')).toBe(handlebars('Rules:\n  {{> tone}}\nEnd'));
  });

  it('on any nesting of blocks, text and white space', () => {
    const space = fc.constantFrom('', ' ', '\n', '  \n', '\n\n', '\t', '\r\n', 'text', 'text\n', ' \n  ');
    const tilde = fc.constantFrom('', '', '', '~');
    const leaf = fc.oneof(
      fc.constantFrom('{{product}}', '{{plan}}', '{{! note }}', '{{json words}}'),
      fc.tuple(tilde, tilde).map(([a, b]) => `{{${a}product${b}}}`),
    );
    const { template } = fc.letrec<{ template: string; node: string }>((tie) => ({
      template: fc.array(fc.oneof(space, tie('node')), { maxLength: 5 }).map((parts) => parts.join('')),
      node: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        leaf,
        fc
          .tuple(tilde, tilde, tilde, tilde, tie('template'))
          .map(([a, b, c, d, body]) => `{{${a}#if plan${b}}}${body}{{${c}/if${d}}}`),
        fc.tuple(tie('template'), tie('template')).map(([a, b]) => `{{#if urgent}}${a}{{else}}${b}{{/if}}`),
        fc.tuple(tie('template'), tie('template')).map(([a, b]) => `{{#if urgent}}${a}{{else if plan}}${b}{{/if}}`),
        tie('template').map(
          (body) =>
            `{{#each words}}${body
              .replaceAll('{{product}}', '{{this}}')
              .replaceAll(/\{\{~?(?:product|seats|plan)~?\}\}/g, '{{this}}')
              .replaceAll(/#if (?:plan|urgent)/g, '#if this')
              .replaceAll('json words', 'json this')
              .replaceAll('else if plan', 'else if this')
              .replaceAll('#each words', '#each this')}{{/each}}`,
        ),
        tie('template').map((body) => `{{#unless urgent}}${body}{{/unless}}`),
      ),
    }));
    fc.assert(
      fc.property(template, (text) => {
        const resolved = resolve(text);
        // A list inside a list of strings is a type error here, and empty in Handlebars.
        fc.pre(resolved.problems.length === 0 && resolved.errors.length === 0);
        expect(renderText(resolved.segments, VALUES, '')).toBe(handlebars(text));
      }),
      { numRuns: 1500 },
    );
  });
});

describe('what is no template', () => {
  it('never throws, whatever the text, and every error lies inside it', () => {
    const soup = fc.array(
      fc.constantFrom(
        '{{',
        '}}',
        '#if',
        '/if',
        '{{/',
        '#each',
        ' ',
        'x',
        '"',
        "'",
        '(',
        ')',
        '>',
        '!',
        '--',
        '~',
        'else',
        '\\',
        '@',
        '.',
        '../',
        '\n',
        '{',
        '}',
        '=',
        '^',
        '&',
        '😀',
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          soup.map((parts) => parts.join('')),
        ),
        (text) => {
          const { errors, problems } = resolve(text);
          for (const { start, end } of [...errors, ...problems.filter(({ file }) => file === 'x.prompt.yml')] as {
            start: number;
            end: number;
          }[]) {
            expect(start).toBeGreaterThanOrEqual(0);
            expect(end).toBeGreaterThan(start);
            expect(end).toBeLessThanOrEqual(text.length + 1);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['{{product', 'This `{{` is never closed'],
    ['{{#if plan}}x', '{{#if}} is never closed'],
    ['{{/if}}', '{{/if}} closes nothing'],
    ['{{#if plan}}x{{/each}}', '{{/each}} stands where {{#if}} is to be closed'],
    ['{{{product}}}', '`{{{` is not part of the template language'],
    ['{{../product}}', '`../` is not part of the template language'],
    ['{{upper product}}', '`upper` is no helper'],
    ['{{#iff plan}}x{{/iff}}', '`#iff` is no block'],
    ['{{else}}', '{{else}} stands outside a block'],
    ['{{#if plan}}a{{else}}b{{else}}c{{/if}}', 'This block has an {{else}} already'],
    ['{{}}', 'A value is expected here'],
    ['{{eq plan}}', '`eq` takes 2 arguments, not 1'],
    ['{{this.constructor}}', '`this` means nothing outside {{#each}} and {{#with}}'],
    ['{{> }}', "A partial's name is expected after `>`"],
    ['{{!-- open', 'This comment is never closed'],
  ])('%s', (template, message) => {
    const { errors, problems } = resolve(template);
    expect([...errors, ...problems].map((problem) => problem.message)).toContain(message);
  });

  it.each([
    ['{{nmae}}', '`nmae` is not declared'],
    ['{{customer.nmae}}', '`customer` has no property `nmae`'],
    ['{{product.length}}', '`product` is a string, which has no members'],
    ['{{words.length}}', '`words` is a list; go through it with {{#each}}'],
    ['{{#each product}}x{{/each}}', '{{#each}} goes through a list or an object; `product` is a string'],
    ['{{constructor}}', '`constructor` is not declared'],
    ['{{@index}}', '`@index` means nothing outside {{#each}}'],
  ])('%s has no meaning', (template, message) => {
    expect(resolve(template).problems.map((problem) => problem.message)).toContain(message);
  });
});

it('sees an outer variable from inside a block, by its own name, whatever the items hold', () => {
  const { segments, problems } = resolve('{{#each tickets}}{{title}} for {{product}};{{/each}}');
  expect(problems).toEqual([]);
  const values = { ...VALUES, tickets: [{ title: 'a', product: 'stolen' }] };
  expect(renderText(segments, values, '')).toBe('a for app & <more>;');
});

function problemsOf(template: string): readonly string[] {
  const { errors, problems } = resolve(template);
  return [...errors.map(({ message }) => message), ...problems.map(({ message }) => message)];
}

describe('with', () => {
  it('goes into a text for {{this}}, and not for a member', () => {
    expect(problemsOf('{{#with product}}{{this}} {{plan}}{{/with}}')).toEqual([]);
    expect(problemsOf('{{#with product}}{{city}} {{street}}{{/with}}')).toEqual([
      '{{#with}} goes into an object; `product` is of type string',
    ]);
    expect(problemsOf('{{#with product}}{{plam}}{{/with}}')).toEqual(['`plam` is not declared']);
  });
});

describe('media', () => {
  it('is a segment of its own, with what names it', () => {
    const { segments, reads } = resolve('A {{media url=customer.name contentType="image/png"}}');
    expect(segments.at(-1)).toMatchObject({
      kind: 'media',
      url: { ref: ['customer', 'name'], scope: 0 },
      contentType: { literal: 'image/png' },
      trust: 'trusted',
    });
    expect(reads.map(({ variable: name }) => name)).toEqual(['customer']);
  });

  it.each([
    ['{{media product}}', '`media` takes its arguments as key=value'],
    ['{{media contentType="image/png"}}', '`media` needs a `url`'],
    ['{{media url=product alt="x"}}', '`media` takes one `url` and one `contentType`, and no other `alt`'],
    ['{{media url=product url=plan}}', 'no other `url`'],
    ['{{media url="cat.png"}}', 'must be an address'],
    ['{{media url=product contentType="image/*"}}', 'must be a media type'],
    ['{{media url=(eq product plan)}}', 'The url of {{media}} is a string'],
    ['{{media url = product}}', 'without blanks around the ='],
    ['{{media url=}}', 'A value is expected here'],
    ['{{media url=seats}}', 'The url of {{media}} is a string; `seats` is of type integer'],
    ['{{media url=3}}', 'The url of {{media}} is a string'],
    ['{{media url=product contentType=words}}', 'The contentType of {{media}} is a string; `words` is of type array'],
    ['{{media url=nobody}}', '`nobody` is not declared'],
    ['{{media}}', '`media` is not declared'],
  ])('%s is told: %s', (template, message) => {
    expect(problemsOf(template)).toEqual([expect.stringContaining(message)]);
  });
});
