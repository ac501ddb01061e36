// Bundles the scripts and the one style sheet into the app's wwwroot/client and prints what each weighs on the wire.
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import * as esbuild from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const target = resolve(here, '../StudyQuiz.App/wwwroot/client');

// One entry a bundle: the name of the file in wwwroot/client and where it starts.
const scripts = {
  site: 'src/site/site.ts',
  study: 'src/site/study.ts',
  bank: 'src/bank/bank.ts',
  editor: 'src/editor/editor.ts',
  question: 'src/editor/question/question.ts',
  selftest: 'src/selftest/selftest.ts',
  player: 'src/live/player.ts',
  'seat-link': 'src/live/seat-link.ts',
  host: 'src/live/host.ts',
  cards: 'src/cards/cards.ts',
  queue: 'src/cards/queue.ts',
  passkeys: 'src/passkeys/passkeys.ts',
};

// What a page may load in script, gzipped: a player's phone is the weakest machine in the room.
const pages = [
  { page: 'player', bundles: ['site', 'player'], kilobytes: 40 },
  { page: 'code of a seat', bundles: ['site', 'seat-link'], kilobytes: 40 },
  { page: 'projector and remote', bundles: ['site', 'host'], kilobytes: 60 },
  { page: 'bank', bundles: ['site', 'bank'], kilobytes: 60 },
  { page: 'editor', bundles: ['site', 'editor'], kilobytes: 60 },
  { page: 'question editor', bundles: ['site', 'question'], kilobytes: 60 },
  { page: 'study', bundles: ['site', 'study'], kilobytes: 60 },
  { page: 'self-test', bundles: ['site', 'selftest'], kilobytes: 60 },
  { page: 'sign-in', bundles: ['site', 'passkeys'], kilobytes: 60 },
  { page: 'flashcards', bundles: ['cards'], kilobytes: 60 },
  { page: 'list of decks', bundles: ['site', 'queue'], kilobytes: 60 },
];

// data-p="0" … data-p="100" becomes --p: pages may not carry style attributes, and attr() with a type is not in every browser yet.
const percent = {
  name: 'percent',
  setup(build) {
    build.onResolve({ filter: /^percent:$/ }, () => ({ path: 'percent', namespace: 'percent' }));
    build.onLoad({ filter: /.*/, namespace: 'percent' }, () => ({
      loader: 'css',
      contents: Array.from({ length: 101 }, (_, p) => `[data-p="${p}"] { --p: ${p}; }`).join('\n'),
    }));
  },
};

const options = {
  absWorkingDir: here,
  entryPoints: { ...scripts, 'site-style': 'styles/site.css' },
  outdir: target,
  bundle: true,
  format: 'esm',
  minify: true,
  charset: 'utf8',
  legalComments: 'none',
  target: 'es2022',
  plugins: [percent],
  write: false,
  logLevel: 'warning',
};

async function store({ outputFiles }) {
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  const sizes = new Map();
  for (const file of outputFiles) {
    const name = relative(target, file.path).replace('site-style.css', 'site.css');
    await writeFile(join(target, name), file.contents);
    sizes.set(name, gzipSync(file.contents, { level: 9 }).length);
  }
  await copyFile(join(here, 'icons.svg'), join(target, 'icons.svg'));
  await storeShell();
  return sizes;
}

// The flashcards' page, its style and script under names that change with them, and the service worker that keeps exactly these.
async function storeShell() {
  const named = async (from, name, extension) => {
    const contents = await readFile(join(target, from));
    const path = `/client/${name}.${createHash('sha256').update(contents).digest('hex').slice(0, 12)}.${extension}`;
    await writeFile(join(target, path.slice('/client/'.length)), contents);
    return path;
  };
  const [script, style] = [await named('cards.js', 'cards', 'js'), await named('site.css', 'site', 'css')];
  await rm(join(target, 'cards.js'));
  const page = (await readFile(join(here, 'src/cards/shell.html'), 'utf8'))
    .replace('{{script}}', script).replace('{{style}}', style).replace('{{sprite}}', (await readFile(join(here, 'icons.svg'), 'utf8')).trim());
  await writeFile(join(target, 'shell.html'), page);

  const assets = [script, style, '/favicon.svg', '/manifest.webmanifest', '/icon-192.png', '/icon-512.png'];
  const version = createHash('sha256').update(page).update(await readFile(join(here, 'src/cards/sw.ts'))).digest('hex').slice(0, 12);
  await esbuild.build({
    ...options,
    entryPoints: { sw: 'src/cards/sw.ts' },
    format: 'iife',
    define: { SHELL: JSON.stringify({ version, page: '/cards/study', assets }) },
    write: true,
  });
}

const kB = bytes => `${(bytes / 1024).toFixed(1)} KB`;

if (process.argv.includes('--watch')) {
  const context = await esbuild.context({
    ...options,
    plugins: [percent, { name: 'store', setup: build => build.onEnd(result => result.errors.length === 0 && store(result).then(() => console.log('built'))) }],
  });
  await context.watch();
} else {
  const sizes = await store(await esbuild.build(options));
  for (const [name, bytes] of sizes) console.log(`${name.padEnd(12)} ${kB(bytes)} gzip`);
  let over = false;
  for (const { page, bundles, kilobytes } of pages) {
    const sum = bundles.reduce((total, name) => total + (sizes.get(`${name}.js`) ?? 0), 0);
    if (sum > kilobytes * 1024) {
      over = true;
      console.error(`error: the ${page} page loads ${kB(sum)} of script, more than ${kilobytes} KB`);
    }
  }
  if (over) process.exitCode = 1;
}
