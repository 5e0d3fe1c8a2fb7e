import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { junitLint } from '../../src/report/lint-junit.ts';
import { finding, reportOf } from './reports.ts';

const FILES = ['prompts/support/triage.prompt.yml', 'prompts/billing/refund.prompt.yml'];

describe('JUnit XML', () => {
  it('fails an error, passes a warning with its text, and passes a file without findings', () => {
    const report = reportOf([
      finding({ help: 'move it' }),
      finding({ severity: 'warning', ruleId: 'style/trailing-space', message: 'Blanks at the end' }),
    ]);
    expect(junitLint(report, { files: FILES, prefix: 'desk/' })).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="promptctl lint" tests="3" failures="1" errors="0">
        <testsuite name="desk/prompts/support/triage.prompt.yml" tests="2" failures="1" errors="0">
          <testcase classname="desk/prompts/support/triage.prompt.yml" name="security/untrusted-in-system at 4:9" file="desk/prompts/support/triage.prompt.yml" line="4">
            <failure type="security/untrusted-in-system" message="The ticket is read as instructions">desk/prompts/support/triage.prompt.yml:4:9: The ticket is read as instructions
      move it</failure>
          </testcase>
          <testcase classname="desk/prompts/support/triage.prompt.yml" name="style/trailing-space at 4:9" file="desk/prompts/support/triage.prompt.yml" line="4">
            <system-out>warning: desk/prompts/support/triage.prompt.yml:4:9: Blanks at the end</system-out>
          </testcase>
        </testsuite>
        <testsuite name="desk/prompts/billing/refund.prompt.yml" tests="1" failures="0" errors="0">
          <testcase classname="desk/prompts/billing/refund.prompt.yml" name="no findings"/>
        </testsuite>
      </testsuites>
      "
    `);
  });

  it('escapes what XML reads, and names what it can not hold', () => {
    const message = '"<a>" & \u0000\ud800\n]]>';
    const text = junitLint(reportOf([finding({ message })]), { files: [], prefix: '' });
    expect(text).toContain('message="&quot;&lt;a&gt;&quot; &amp; \\u{0}\\u{d800}&#10;]]&gt;"');
  });

  it('holds only characters of XML 1.0, and no tag of a message', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (message) => {
        const text = junitLint(reportOf([finding({ message, help: message })]), { files: FILES, prefix: '' });
        expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
        expect(Buffer.from(text).toString()).toBe(text);
        expect(text.match(/<\/?\w+/g)).toEqual(
          junitLint(reportOf([finding()]), { files: FILES, prefix: '' }).match(/<\/?\w+/g),
        );
      }),
    );
  });
});
