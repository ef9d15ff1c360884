import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Step } from './steps';

/** When a host is to end itself: at the n-th write of a kind, before it, after it, or in the middle. */
export interface KillOrder {
  readonly step: Step;
  readonly phase: 'before' | 'during' | 'after';
  readonly nth: number;
  /** Of `during`: milliseconds after the write has begun. */
  readonly milliseconds?: number;
}

/** Lays down what the hosts of a folder are to do: the first order first, and the next one after that kill. */
export function giveOrders(folder: string, orders: readonly KillOrder[]): void {
  writeFileSync(ordersFile(folder), JSON.stringify(orders));
}

/** The orders that have not been followed yet. */
export function openOrders(folder: string): KillOrder[] {
  try {
    return JSON.parse(readFileSync(ordersFile(folder), 'utf8')) as KillOrder[];
  } catch {
    return [];
  }
}

/** Notes that the first order is being followed, so that the next host does not follow it again. */
export function follow(folder: string, [first, ...others]: readonly KillOrder[]): void {
  giveOrders(folder, others);
  appendFileSync(join(folder, 'followed.jsonl'), `${JSON.stringify(first)}\n`);
}

function ordersFile(folder: string): string {
  return join(folder, 'orders.json');
}
