/**
 * Keeps the shell of the flashcards, which is the same for everyone, so that it opens without a network. Nothing else is kept: no page
 * that a server made for somebody, no answer of an API, no cookie. What learners answered lies in the browser's database, which no update
 * of this file touches.
 */
export {};

declare const self: ServiceWorkerGlobalScope;

/** Filled in by the build: what belongs to this version, and a name that changes with any of it. */
declare const SHELL: { version: string; page: string; assets: string[] };

const cacheName = `studyquiz-shell-${SHELL.version}`;

self.addEventListener('install', event => {
  event.waitUntil((async () => {
    const cache = await caches.open(cacheName);
    await cache.addAll([SHELL.page, ...SHELL.assets].map(path => new Request(path, { cache: 'reload', credentials: 'omit' })));
    // No skipWaiting: a page that is open goes on with the version that it began with, whose files the server may not have any more
  })());
});

self.addEventListener('activate', event => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith('studyquiz-shell-') && name !== cacheName) await caches.delete(name);
    await self.clients.claim();
  })());
});

self.addEventListener('fetch', event => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (SHELL.assets.includes(url.pathname)) event.respondWith(kept(url.pathname, request));
  else if (request.mode === 'navigate' && url.pathname === SHELL.page) event.respondWith(kept(SHELL.page, request));
  // Any other page that the network does not give: the shell says that there is none, and what works all the same
  else if (request.mode === 'navigate') event.respondWith(fetch(request).catch(() => kept(SHELL.page, request)));
});

async function kept(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(cacheName);
  return await cache.match(path) ?? fetch(request);
}
