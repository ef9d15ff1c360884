/**
 * A scoring worker in Node: runs one scoring script, mini-batch by mini-batch, for the process that started it.
 *
 * It is told what to do on descriptor 3, a line of JSON for each message, and answers there. Standard output and error
 * belong to the script; standard input is empty. Rows never cross the pipe: they go into a file, and the answer says
 * how long that file is now. The messages are described in ../workerMessages.ts.
 */
import { Control } from './control';
import { dieWithHost } from './dieWithHost';
import { printAtOnce } from './printing';
import { Scoring } from './scoring';
import { tellOfExits } from './scriptExit';

async function serve(): Promise<void> {
  dieWithHost();
  printAtOnce();
  const control = new Control();
  const setup = await control.setup();
  tellOfExits();
  const scoring = new Scoring(control, setup);
  // Where it does not start, the host has been told, and ends this process when it has read all that was printed.
  if (await scoring.start()) await scoring.run();
}

void serve();
