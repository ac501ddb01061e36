// Answers the histories of a replay file with ts-fsrs: node ts-fsrs.cjs CLIENT_FOLDER FILE.json
const { createRequire } = require('node:module');
const { readFileSync } = require('node:fs');

const { createEmptyCard, fsrs, State } = createRequire(`${process.argv[2]}/package.json`)('ts-fsrs');
const { weights, desiredRetention, shortTerm, learningSteps, relearningSteps, maximumInterval, histories } = JSON.parse(readFileSync(process.argv[3], 'utf8'));
const scheduler = fsrs({
  ...(weights && { w: weights }),
  request_retention: desiredRetention,
  enable_short_term: shortTerm,
  learning_steps: learningSteps,
  relearning_steps: relearningSteps,
  maximum_interval: maximumInterval,
  enable_fuzz: false,
});

process.stdout.write(JSON.stringify({
  histories: histories.map(({ id, reviews }) => {
    let card = createEmptyCard(new Date(reviews[0].at));
    return {
      id,
      states: reviews.map(({ at, rating }) => {
        card = scheduler.next(card, new Date(at), rating).card;
        return { state: State[card.state], stability: card.stability, difficulty: card.difficulty, scheduledDays: card.scheduled_days, due: card.due.toISOString() };
      }),
    };
  }),
}));
