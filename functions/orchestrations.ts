import * as df from 'durable-functions';
import { scoreJob } from '../orchestrations/scoreJob';
import { scoreLane } from '../orchestrations/scoreLane';
import { scoreLaneGroup } from '../orchestrations/scoreLaneGroup';
import { orchestrationNames } from '../shared/domain/functionNames';

df.app.orchestration(orchestrationNames.scoreJob, scoreJob);
df.app.orchestration(orchestrationNames.scoreLane, scoreLane);
df.app.orchestration(orchestrationNames.scoreLaneGroup, scoreLaneGroup);
