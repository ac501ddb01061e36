// Answers histories with the browser's scheduler: node scheduling.cjs CLIENT_FOLDER FILE.json
const { createRequire } = require('node:module');
const { readFileSync } = require('node:fs');

const [, , client, file] = process.argv;
const { buildSync } = createRequire(`${client}/package.json`)('esbuild');
const built = buildSync({ entryPoints: [`${client}/src/cards/scheduling.ts`], bundle: true, format: 'cjs', write: false }).outputFiles[0].text;
const bundled = { exports: {} };
new Function('module', 'exports', built)(bundled, bundled.exports);

const { settings, histories } = JSON.parse(readFileSync(file, 'utf8'));
const scheduler = new bundled.exports.Scheduler(settings);
process.stdout.write(JSON.stringify(histories.map(reviews => {
  let card;
  return reviews.map(({ at, day, rating, fuzz }) => {
    card = scheduler.answer(card, Date.parse(at), day, rating, fuzz);
    return card;
  });
})));
