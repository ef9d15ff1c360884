import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
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

/** Orders as they lie in the folder of the hosts. */
export interface Orders {
  /** Tells these orders from all before: what has come by is counted anew. */
  readonly id: string;
  readonly open: readonly KillOrder[];
}

/** Lays down what the hosts of a folder are to do: the first order first, and the next one after that kill. */
export function giveOrders(folder: string, open: readonly KillOrder[]): void {
  const orders: Orders = { id: randomUUID(), open };
  // Whole or not at all: the host reads it at any time.
  const draft = join(folder, 'orders.draft');
  writeFileSync(draft, JSON.stringify(orders));
  renameSync(draft, ordersFile(folder));
}

/** The orders that have not been followed yet. */
export function readOrders(folder: string): Orders {
  return JSON.parse(readFileSync(ordersFile(folder), 'utf8')) as Orders;
}

/** Notes that the first order is being followed, so that the next host does not follow it again. */
export function follow(folder: string): void {
  giveOrders(folder, readOrders(folder).open.slice(1));
}

function ordersFile(folder: string): string {
  return join(folder, 'orders.json');
}
