import { expect, test } from 'vitest';
import { sectionOf, SECTIONS } from '../../src/admin/sections';

test('every section is found by its address, with or without a slash behind it', () => {
  for (const section of SECTIONS) {
    expect(sectionOf(`/admin/${section.path}`)).toBe(section);
    expect(sectionOf(`/admin/${section.path}/`)).toBe(section);
  }
});

test('/admin is the first section; an unknown one is none', () => {
  expect(sectionOf('/admin')).toBe(SECTIONS[0]);
  expect(sectionOf('/admin/nothing')).toBeNull();
});
