// The table of contents of the app: every trigger, activity and orchestration that it registers.

// What people and programs ask for over HTTP.
import './http/health';
import './http/issuer';
import './http/endpoints';
import './http/deployments';
import './http/assets';
import './http/modelFiles';
import './http/computes';
import './http/datastores';
import './http/schedules';
import './http/triggers';
import './http/scheduleRuns';
import './http/workspaces';
import './http/cloudMetadata';
import './http/pendingUploads';
import './http/invoke';
import './http/jobs';
import './http/jobFiles';
import './http/jobLabels';
import './http/notifications';
import './http/longOperations';
import './http/garbageCollections';
import './http/runHistory';
import './http/studio';
import './http/openApi/serve';
import './http/unknownRoute';

// How a job runs, and the steps that it runs in.
import './orchestrations';
import './activities/index';

// What starts by the clock.
import './triggers/recoverJobs';
import './triggers/upkeep';
import './triggers/advanceTriggers';
import './triggers/watchedPlaces';
import './triggers/deliverNotifications';
import './triggers/schedules';

// What starts because a file has landed.
import './triggers/blobCreated';
import './triggers/watchedContainer';
