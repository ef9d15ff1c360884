import { formats } from '../output/formatNames';
import { choice, text, toggle, type Values } from './options';

/** The options that every command has. */
export const globalOptions = {
  output: choice(
    '-o, --output <format>',
    'The format of the output; json where it is left out. In tsv, tabs and line breaks within a value become blanks, ' +
      'unless one text is all there is.',
    formats,
  ),
  query: text('--query <jmespath>', 'What of the output to print, as a JMESPath expression.'),
  resourceGroup: text('-g, --resource-group <name>', 'The resource group that ids and URLs name.'),
  workspaceName: text('-w, --workspace-name <name>', 'The workspace that ids and URLs name.'),
  subscription: text('--subscription <id>', 'The subscription that ids and URLs name.'),
  onlyShowErrors: toggle('--only-show-errors', 'No warnings and no notes, only errors.'),
  verbose: toggle('--verbose', 'Tell every request.'),
  debug: toggle('--debug', 'Tell every request, and where an error comes from.'),
};

export type GlobalValues = Values<typeof globalOptions>;
