/** The thread that ends the worker when the host is gone: only then does the pipe that nobody writes to come to its end. */
import { Socket } from 'node:net';
import { killGroup } from './dieWithHost';

const descriptor = 4;

const pipe = new Socket({ fd: descriptor, readable: true, writable: false });
pipe.on('error', killGroup);
pipe.on('end', killGroup);
pipe.resume();
