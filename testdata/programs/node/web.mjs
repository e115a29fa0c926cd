// SPDX-License-Identifier: Apache-2.0
// The shop's web pages: a service with templates, search in text, sorting and caches, which visits itself.
import { createServer, get } from 'node:http';
import { once } from 'node:events';
import { createHash } from 'node:crypto';

const words = 'blue red green lamp chair table cup plate book pen clock shelf mirror carpet basket candle'.split(' ');

/** Goods made up by a small linear congruence, so that every run has the same. */
function stockUp(count) {
  const goods = [];
  for (let i = 0, seed = 7; i < count; i++) {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    goods.push({ id: i, name: `${words[seed % 16]} ${words[(seed >> 8) % 16]} no ${i}`, cents: 100 + (seed % 9000), tags: [words[(seed >> 4) % 16]] });
  }
  return goods;
}

const goods = stockUp(4000);
const pages = new Map();

function escapeHtml(text) {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}

function renderRow(item) {
  return `<tr><td>${item.id}</td><td>${escapeHtml(item.name)}</td><td>${(item.cents / 100).toFixed(2)}</td></tr>`;
}

function renderTable(items) {
  return `<table>${items.map(renderRow).join('\n')}</table>`;
}

/** Sorts by a text made for every comparison: what the profile is there to show. */
function sortByPrice(items) {
  return [...items].sort((a, b) => String(a.cents).padStart(8, '0').localeCompare(String(b.cents).padStart(8, '0')));
}

function listPage(tag) {
  return renderTable(sortByPrice(goods.filter((item) => item.tags.includes(tag))));
}

function searchPage(query) {
  const pattern = new RegExp(`\\b${query}[a-z]* (\\w+)`, 'i');
  return renderTable(goods.filter((item) => pattern.test(item.name)).slice(0, 50));
}

/** Remembers pages, which is where the heap grows. */
function remember(url, page) {
  const etag = createHash('sha256').update(page).digest('hex');
  pages.set(url, { etag, lines: page.split('\n') });
  return etag;
}

function answer(request, response) {
  const url = new URL(request.url, 'http://web');
  const page = url.pathname === '/list' ? listPage(url.searchParams.get('tag')) : searchPage(url.searchParams.get('q'));
  response.setHeader('etag', remember(request.url, page));
  response.end(page);
}

async function visit(port, path) {
  const [response] = await once(get({ host: '127.0.0.1', port, path }), 'response');
  for await (const _ of response) { /* read to the end */ }
}

/** Serves and visits for a while; resolves with the number of visits. */
export async function run(milliseconds) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  const end = performance.now() + milliseconds;
  let visits = 0;
  while (performance.now() < end) {
    const word = words[visits % words.length];
    await Promise.all([visit(port, `/list?tag=${word}`), visit(port, `/search?q=${word.slice(0, 2)}`)]);
    visits += 2;
  }
  server.closeAllConnections();
  server.close();
  return visits;
}
