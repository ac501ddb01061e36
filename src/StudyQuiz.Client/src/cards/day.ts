/** Which card comes next, from the pack and what was answered since. Pure. */
import type { Pack, PackCard } from './pack';
import type { LocalCard, Met } from './store';

/** A step of minutes that ends this soon is taken early rather than making someone wait. */
const aheadMs = 20 * 60_000;

export interface Day {
  /** Questions in the order in which they come; the first is to be shown now. */
  queue: number[];
  /** Cards on a step that is not over yet and too far away to wait for; the soonest's instant. */
  nextStep?: number;
  /** How many cards have come and wait for another day because of the limit. */
  later: number;
}

/** The study day of an instant, or undefined where the pack does not reach so far. */
export function studyDay(pack: Pack, now: number): string | undefined {
  let found: string | undefined;
  for (let i = 0; i < pack.days.length; i++) {
    if (Date.parse(pack.days[i]!.starts) > now) break;
    // The last entry only says where the one before it ends
    found = i < pack.days.length - 1 ? pack.days[i]!.day : undefined;
  }
  return found;
}

/** Why a day takes no new cards. */
export function pauseOf(pack: Pack, day: string): 'catchUp' | 'exam' | undefined {
  const pause = pack.days.find(one => one.day === day)?.pause;
  return pause === 'none' ? undefined : pause;
}

/** When a card comes in a deck: what was answered since its pack was made, here or in another deck, is due by its own state. */
export const comesOn = (card: PackCard, { state }: LocalCard) => (state?.reviews === card.state?.reviews ? card.day : state?.dueDay);

// Whether it takes of a pack's room for a day: what was answered before the pack was asked for, the pack has left out already
const takesRoom = (met: Met | undefined, day: string, pack: Pack) => met?.day === day && met.at >= (pack.asked ?? 0);

// Cards that had come when the pack was made and found no room in it
const unpacked = (pack: Pack) =>
  pack.later + pack.reviewsToday - pack.cards.filter(card => card.state?.phase === 'review' && card.day! <= pack.days[0]!.day).length;

/** @param cards In any order; the pack's order decides. */
export function dayOf(pack: Pack, cards: ReadonlyMap<number, LocalCard>, day: string, now: number): Day {
  const isFirst = day === pack.days[0]!.day;
  const packed = new Map(pack.cards.map(card => [card.question, card]));
  const all = pack.cards.map(card => cards.get(card.question)).filter(card => card !== undefined);
  const studied = all.filter(card => !card.suspended && !(card.buriedDay && card.buriedDay >= day));

  const steps = studied.filter(card => card.state && card.state.phase !== 'review').sort((a, b) => a.state!.due.localeCompare(b.state!.due));
  const over = steps.filter(card => Date.parse(card.state!.due) <= now);
  const soon = steps.filter(card => Date.parse(card.state!.due) > now);

  const come = studied.filter(card => card.state?.phase === 'review' && comesOn(packed.get(card.question)!, card)! <= day);
  const roomOld = (isFirst ? pack.reviewsToday : pack.reviewsPerDay) - all.filter(card => takesRoom(card.came, day, pack)).length;
  const old = come.slice(0, Math.max(0, roomOld));
  const perDay = isFirst ? pack.newToday : pauseOf(pack, day) ? 0 : pack.newPerDay;
  const roomNew = perDay - all.filter(card => takesRoom(card.met, day, pack)).length;
  const fresh = studied.filter(card => !card.state).slice(0, Math.max(0, roomNew));

  // What is known first; as soon as there is as much new, in turns
  const mixed: LocalCard[] = [];
  for (let i = 0, j = 0; i < old.length || j < fresh.length;) mixed.push(old.length - i >= fresh.length - j ? old[i++]! : fresh[j++]!);

  const queue = [...over, ...mixed];
  if (queue.length === 0) queue.push(...soon.filter(card => Date.parse(card.state!.due) - now <= aheadMs));
  else queue.push(...soon);
  return {
    queue: queue.map(card => card.question),
    ...(queue.length === 0 && soon[0] && { nextStep: Date.parse(soon[0].state!.due) }),
    later: come.length - old.length + unpacked(pack),
  };
}
