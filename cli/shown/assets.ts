import type {
  AnsweredContainer,
  AnsweredData,
  AnsweredEnvironment,
  AnsweredModel,
} from '../client/resources';
import { present } from './words';

type Shown = Record<string, unknown>;

/** A version of a model. */
export function shownModel(
  name: string,
  { id, name: version, properties, systemData }: AnsweredModel,
): Shown {
  return present({
    name,
    version,
    type: properties.modelType,
    path: properties.modelUri,
    flavors: properties.flavors && Object.keys(properties.flavors),
    ...labels(properties),
    creation_context: { created_at: systemData?.createdAt ?? null },
    id,
  });
}

/** A version of a data asset. */
export function shownData(name: string, { id, name: version, properties, systemData }: AnsweredData): Shown {
  return present({
    name,
    version,
    type: properties.dataType,
    path: properties.dataUri,
    ...labels(properties),
    creation_context: { created_at: systemData?.createdAt ?? null },
    id,
  });
}

/** A version of an environment. */
export function shownEnvironment(
  name: string,
  { id, name: version, properties, systemData }: AnsweredEnvironment,
): Shown {
  return present({
    name,
    version,
    image: properties.image,
    conda_file: properties.condaFile,
    python_env_file: properties.pythonEnvFile,
    requirements_file: properties.requirementsFile,
    python: properties.python,
    ...labels(properties),
    creation_context: { created_at: systemData?.createdAt ?? null },
    id,
  });
}

/** An asset over all its versions. */
export function shownContainer({ id, name, properties }: AnsweredContainer): Shown {
  const { latestVersion, nextVersion, description, isArchived } = properties;
  return present({
    name,
    latest_version: latestVersion,
    next_version: nextVersion,
    description,
    is_archived: isArchived === true ? true : undefined,
    id,
  });
}

function labels(properties: {
  description?: string | null;
  tags?: object;
  properties?: object;
  stage?: string;
  isArchived?: boolean;
}): Shown {
  const { description, tags, properties: values, stage, isArchived } = properties;
  return {
    description: description ?? undefined,
    stage,
    tags: tags ?? {},
    properties: values ?? {},
    is_archived: isArchived === true ? true : undefined,
  };
}
