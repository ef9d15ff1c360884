import type { ErrorEntry } from '../errorEntry';

/** What the YAML files of users can have wrong, and the settings that a command line puts over them. */
export const fileErrors = {
  DefinitionMissing: {
    status: 400,
    text: "There is no file '{path}'.",
  },
  DefinitionUnreadable: {
    status: 400,
    text: "The file '{path}' cannot be read: {reason}.",
  },
  DefinitionIsFolder: {
    status: 400,
    text: "'{path}' is a folder. Name the YAML file in it.",
  },
  DefinitionNotText: {
    status: 400,
    text: "The file '{path}' is not YAML: it is not text in UTF-8.",
  },
  DefinitionTooLarge: {
    status: 400,
    text: "The file '{path}' has {size} bytes, and a YAML file here has at most {limit}.",
  },
  DefinitionEmpty: {
    status: 400,
    text: "The file '{path}' is empty. A mapping of keys to values is expected, such as 'name: my-name'.",
  },
  YamlInvalid: {
    status: 400,
    text: 'this is not valid YAML: {reason}',
  },
  DefinitionInvalid: {
    status: 400,
    text: '{fault}',
  },
} as const satisfies Record<string, ErrorEntry>;
