import { setTimeout as pause } from 'node:timers/promises';
import { join } from 'node:path';
import { activityNames } from '../../../shared/domain/functionNames';
import type { FinishAnswer, PlanAnswer, ScoreNextAnswer } from '../../../shared/domain/scoreJobMessages';
import { jobResource } from '../../../functions/http/resources/jobResource';
import { restBodies } from '../../../shared/schemas/restBodies';
import { Workspace } from '../../support/workspace';
import type { Answered } from '../checker/evidence';
import { AppProcess, lost } from './appProcess';
import { FaultyStore } from './faultyStore';
import { keyedDeployment, keyedScript } from './keyedScorer';
import type { JobPlace, ObservedJob } from './observedJob';

/** Whom an activity of this name is delivered to: to one, or to several at once. */
export type ChooseProcesses = (activity: string) => readonly AppProcess[];

/** So often an activity is delivered that fails, as the orchestrations have it. */
const mostFailures = 6;

/** Milliseconds until it is delivered again. */
const redelivery = 50;

/** Several processes of the app over one account. This is the queue of activities between them, as the host has one. */
export class AppFleet implements JobPlace {
  private constructor(
    readonly store: FaultyStore,
    private readonly workspace: Workspace,
    readonly processes: AppProcess[],
  ) {}

  static async start(count: number): Promise<AppFleet> {
    const store = await FaultyStore.start();
    const workspace = await Workspace.open({
      BATCHPOINT_STORAGE: 'azure',
      AzureWebJobsStorage: store.directConnection,
    });
    const fleet = new AppFleet(store, workspace, []);
    const { datastores } = workspace.services.registry;
    await datastores.register('mine', restBodies.datastore({ properties: store.datastore }));
    await workspace.endpoint('keyed', keyedScript, keyedDeployment(fleet.triesFile), 'score.js');
    for (let i = 0; i < count; i++) await fleet.add();
    return fleet;
  }

  /** Starts another process. */
  async add(): Promise<AppProcess> {
    const started = await AppProcess.start(this.store, this.workspace.folder);
    this.processes.push(started);
    return started;
  }

  /** Puts a new process in the place of one that was killed. */
  async replace(killed: AppProcess): Promise<void> {
    this.processes.splice(this.processes.indexOf(killed), 1);
    await this.add();
  }

  get triesFile(): string {
    return join(this.workspace.folder, 'tries.jsonl');
  }

  async answered(name: string): Promise<Answered> {
    const { services } = this.workspace;
    const path = { subscription: 's', group: 'g', workspace: 'w' };
    const resource = jobResource(await services.jobs.get(name), path, undefined, services.now());
    return (resource as { properties: Answered }).properties;
  }

  /** Makes a job, and brings it to its end as the orchestrations do. */
  async run(job: ObservedJob, choose: ChooseProcesses): Promise<void> {
    await this.workspace.invoke('keyed', '/', job.properties);
    await this.runMade(job, choose);
  }

  /** Brings a job that is made to its end. */
  async runMade({ key: job }: ObservedJob, choose: ChooseProcesses): Promise<void> {
    const [{ lanes }] = await Promise.all([
      this.admitted<PlanAnswer>(activityNames.planJob, { job }, choose),
      this.admitted(activityNames.prepareScorer, { job }, choose),
    ]);
    await Promise.all(Array.from({ length: lanes }, (_, lane) => this.runLane(job, lane, 0, choose)));
    for (;;) {
      const { open, wait } = (await this.deliver(activityNames.finishJob, { job }, choose)) as FinishAnswer;
      if (wait === true) await pause(redelivery);
      else if (open.length === 0) return;
      await Promise.all(open.map(({ lane, sequence }) => this.runLane(job, lane, sequence, choose)));
    }
  }

  /** Delivers an activity until its job is admitted to its compute. */
  private async admitted<T extends { readonly wait?: boolean }>(
    name: string,
    input: object,
    choose: ChooseProcesses,
  ): Promise<T> {
    for (;;) {
      const answer = (await this.deliver(name, input, choose)) as T;
      if (answer.wait !== true) return answer;
      await pause(redelivery);
    }
  }

  /** Takes the claims of a lane from a sequence number on. */
  async runLane(job: string, lane: number, from: number, choose: ChooseProcesses): Promise<void> {
    for (let sequence = from; ;) {
      const input = { job, lane, sequence };
      const answer = (await this.deliver(activityNames.scoreNext, input, choose)) as ScoreNextAnswer;
      if (!answer.more) return;
      if (answer.again === true) await pause(redelivery);
      else sequence++;
    }
  }

  /** Delivers an activity until somebody has answered: again where it was lost, and some times where it failed. */
  async deliver(name: string, input: object, choose: ChooseProcesses): Promise<unknown> {
    for (let failures = 0; ;) {
      const answers = await Promise.allSettled(choose(name).map((one) => one.deliver(name, input)));
      const answered = answers.find((one) => one.status === 'fulfilled' && one.value !== lost);
      if (answered?.status === 'fulfilled') return answered.value;
      const failed = answers.find((one) => one.status === 'rejected');
      failures += failed === undefined ? 0 : 1;
      if (failed !== undefined && failures === mostFailures) throw failed.reason as Error;
      await pause(redelivery);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.processes.map((one) => one.kill()));
    await this.workspace.close();
    await this.store.stop();
  }
}
