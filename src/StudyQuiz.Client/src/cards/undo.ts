/** What can be taken back, and the deck that it comes back into. Pure. */
import type { CardState, Pack, PackCard, Rating } from './pack';
import type { LocalCard } from './store';

/** Something that was done to a card in a deck. It outlasts the page. */
export interface Deed {
  /** In the order in which they were done; undefined where the browser keeps nothing. */
  place?: number;
  learner: string;
  slug: string;
  /** The study day. */
  day: string;
  at: number;
  what: { kind: 'rated'; rating: Rating; review: string; after: CardState } | { kind: 'buried' } | { kind: 'suspended' };
  /** As it was shown: a pack that is made afterwards leaves it out. */
  card: PackCard;
  before: LocalCard;
}

/** What goes back as it was. */
export function restored({ what, before }: Deed): Partial<LocalCard> {
  switch (what.kind) {
    case 'rated': return { state: before.state, met: before.met, came: before.came };
    case 'buried': return { buriedDay: before.buriedDay };
    case 'suspended': return { suspended: before.suspended };
  }
}

/** A deck's pack with the card that comes again. One that was asked for after the deed does not have it, or as it was answered. */
export function packWith({ what, card, before, at }: Deed, pack: Pack): Pack {
  if (at >= (pack.asked ?? 0)) return pack;
  const others = pack.cards.filter(other => other.question !== card.question);
  const cards = [card, ...others];
  // The answer took of the day's room. What was put off took none, but where nothing waits for room there is some
  if (!before.state) return { ...pack, cards, newToday: pack.newToday + (what.kind === 'rated' || others.filter(other => !other.state).length <= pack.newToday ? 1 : 0) };
  const hasRoom = before.state.phase === 'review' && (what.kind === 'rated' || pack.later === 0);
  return { ...pack, cards, reviewsToday: pack.reviewsToday + (hasRoom ? 1 : 0) };
}
