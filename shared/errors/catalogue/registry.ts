import type { ErrorEntry } from '../errorEntry';

/** Endpoints, deployments, assets, computes and datastores: what can be wrong with them. */
export const registryErrors = {
  NameInvalid: {
    status: 400,
    text: "'{name}' cannot be the name of {kind}: it has to be {rule}.",
  },
  ReferenceInvalid: {
    status: 400,
    text: "'{reference}' does not name {kind}. Write azureml:<name>:<version>, azureml:<name>@latest or the full id.",
  },
  NameReferenceInvalid: {
    status: 400,
    text: "'{reference}' does not name a {kind}. Write azureml:<name>, or the full id.",
  },
  RegistryUnsupported: {
    status: 400,
    text: "'{reference}' is in a registry, and there are none here. Register it in this workspace, and refer to it as azureml:<name>:<version>.",
  },
  ResourceNotFound: {
    status: 404,
    text: "There is no {kind} '{name}'. The command '{command}' shows those that there are.",
  },
  VersionNotFound: {
    status: 404,
    text: "The {kind} '{name}' has no version '{version}'.",
  },
  VersionExists: {
    status: 409,
    text: "Version {version} of {kind} '{name}' exists with other content, and a version never changes. Register a new version, or leave the version out to get the next one.",
  },
  VersionFixed: {
    status: 409,
    text: "Version {version} of {kind} '{name}' keeps its {field}: only its description, tags, properties and stage change, and whether it is archived. Register a new version.",
  },
  NoCurrentVersion: {
    status: 404,
    text: "All versions of the {kind} '{name}' are archived or deleted. Name a version, restore one, or register another.",
  },
  AssetInUse: {
    status: 409,
    text: "Version {version} of {kind} '{name}' is used by {user}. Change or delete that first, or archive the version: that leaves it out of lists.",
  },
  AssetFileMissing: {
    status: 404,
    text: "Version {version} of {kind} '{name}' has no file '{file}'.",
  },
  ResourceChanged: {
    status: 412,
    text: "The {kind} '{name}' was changed by someone else in the meantime. Read it again and repeat the change.",
  },
  DefaultDeploymentMissing: {
    status: 400,
    text: "Endpoint '{endpoint}' has no deployment '{deployment}', so it cannot become the default.",
  },
  DefaultDeploymentInUse: {
    status: 409,
    text: "Deployment '{deployment}' is the default of endpoint '{endpoint}'. Give the traffic to another one first.",
  },
  EndpointInUse: {
    status: 409,
    text: "Endpoint '{endpoint}' has jobs that are not at their end, such as '{job}'. Wait for them, or delete it with --force (force=true), which cancels them first.",
  },
  DeploymentInUse: {
    status: 409,
    text: "Deployment '{deployment}' of endpoint '{endpoint}' has jobs that are not at their end, such as '{job}'. Wait for them, or delete it with --force (force=true), which cancels them first.",
  },
  ResourceDeleting: {
    status: 409,
    text: "The {kind} '{name}' is being deleted, and is neither used nor changed any more. Wait for the end of that.",
  },
  ComputeInUse: {
    status: 409,
    text: "Compute '{compute}' is used by deployment '{deployment}' of endpoint '{endpoint}'. Change or delete that first.",
  },
  DefaultDatastoreFixed: {
    status: 409,
    text: "The datastore '{name}' is the default one that every workspace has. It cannot be created, changed or deleted.",
  },
  DatastoreInUse: {
    status: 409,
    text: "The datastore '{name}' is used by job '{job}', which is not at its end. Cancel it or wait for it first.",
  },
  DatastoreIncomplete: {
    status: 400,
    text: "A datastore of type {type} needs '{field}'.",
  },
  DatastoreUnsafe: {
    status: 400,
    text: "The datastore at '{url}' is not used: {reason}.",
  },
  AssetPathMissing: {
    status: 400,
    text: "The path of {kind} '{name}' does not exist or cannot be read: {path} ({reason}).",
  },
  AssetEmpty: {
    status: 400,
    text: "The folder of {kind} '{name}' has no files: {path}.",
  },
  AssetDamaged: {
    status: 500,
    text: "The file '{file}' of {kind} '{name}' is not the one that was registered: its content has changed since. Register it again as a new version.",
  },
  LocalPathNotShared: {
    status: 400,
    text: "'{path}' is a path of your machine, and this host reads none: use a datastore, a URL or registered data.",
  },
  ScriptMissing: {
    status: 400,
    text: "The scoring script '{script}' is not in the code folder {folder}.",
  },
  ScriptWithoutRun: {
    status: 400,
    text: "The scoring script '{script}' defines no run(mini_batch), which is what scores.",
  },
  ScriptNeeded: {
    status: 400,
    text: "Deployment '{deployment}' has no scoring script, and its model '{model}' is neither an MLflow model nor an .onnx file, or a folder with one. Give it a code_configuration, or register the model with type mlflow_model.",
  },
  MLmodelMissing: {
    status: 400,
    text: "The model '{model}' is said to be an MLflow model, but there is no file MLmodel in {path}.",
  },
  MLmodelInvalid: {
    status: 400,
    text: "The file MLmodel of model '{model}' cannot be read: {reason}.",
  },
  UriInvalid: {
    status: 400,
    text: "'{uri}' cannot be used: {reason}.",
  },
  FlavorMissing: {
    status: 400,
    text: "The MLflow model '{model}' has no python_function flavor, which is what scores without a script. Its flavors: {flavors}.",
  },
  CondaFileInvalid: {
    status: 400,
    text: "The conda file of environment '{name}' cannot be read: {reason}.",
  },
  RequirementsFileInvalid: {
    status: 400,
    text: "The requirements file of environment '{name}' cannot be used: {reason}.",
  },
  PythonEnvFileInvalid: {
    status: 400,
    text: "The file python_env.yaml of environment '{name}' cannot be read: {reason}.",
  },
  ImageInvalid: {
    status: 400,
    text: "The image of environment '{name}' cannot stand in a Dockerfile: '{image}'.",
  },
  EnvironmentOfOneMachine: {
    status: 400,
    text: "The environment '{name}' is the interpreter {python} of one machine, of which no image can be made. Define it by a conda file, a requirements file or a python_env.yaml.",
  },
  EnvironmentAmbiguous: {
    status: 400,
    text: "The environment '{name}' has {first} and {second}, and each of them defines it. Keep one.",
  },
  DatastoreClosed: {
    status: 409,
    text: "There is no signature for the datastore '{name}', as {reason}. Use a datastore that has a key, or the default one of a host that runs by 'batchpoint up --https-port'.",
  },
} as const satisfies Record<string, ErrorEntry>;
