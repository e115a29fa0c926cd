import fc from 'fast-check';
import { expect, test } from 'vitest';
import { draftOf, NEW_RULE, ruleOfDraft } from '../../src/admin/rule-draft';
import { askUpsertRule, ruleOf } from '../../src/api/recording-rules';

const name = fc.stringMatching(/^[a-z_][a-z0-9_]{0,8}$/);

test('a rule is the same after it stood in its form', () => {
  const rules = fc.record({
    id: name,
    metricName: name,
    matchers: fc.array(name.map((n) => `{${n}="a, b = c"}`)),
    groupBy: fc.array(name),
    externalLabels: fc.array(fc.record({ name, value: name.map((n) => `${n}=${n}`) })),
    generation: fc.nat().map(String),
    functionName: name,
    provisioned: fc.constant(false),
  });
  fc.assert(
    fc.property(rules, (rule) => {
      expect(ruleOfDraft(draftOf(rule))).toEqual(rule);
    }),
  );
});

test('a label without a value is sent as it is: the server says what is wrong with it', () => {
  expect(ruleOfDraft({ ...NEW_RULE, externalLabels: 'team\n' }).externalLabels).toEqual([{ name: 'team', value: '' }]);
});

test('a rule without a function sends no filter', () => {
  expect(askUpsertRule(ruleOfDraft(NEW_RULE)).body).not.toHaveProperty('stacktraceFilter');
  expect(askUpsertRule(ruleOfDraft({ ...NEW_RULE, functionName: 'main.run' })).body).toMatchObject({
    stacktraceFilter: { functionName: { functionName: 'main.run' } },
  });
});

test('what the server leaves out is empty', () => {
  expect(ruleOf({ id: 'cpu', stacktraceFilter: { functionName: { functionName: 'f' } } })).toMatchObject({
    id: 'cpu',
    matchers: [],
    generation: '0',
    functionName: 'f',
    provisioned: false,
  });
});
