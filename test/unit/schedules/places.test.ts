import { checkPlaces, expandPlaces } from '../../../shared/schedules/places';

const due = new Date('2027-01-31T17:05:09.000Z');

test.each([
  ['a/{schedule:yyyy/MM/dd}/', 'Asia/Seoul', 'a/2027/02/01/'],
  ['{schedule:yyyyMMddTHHmmss}.csv', 'Asia/Seoul', '20270201T020509.csv'],
  ["{schedule:yyyy'y'-MM'm'}", 'UTC', '2027y-01m'],
  ['{schedule-1d:yyyy-MM-dd}', 'Asia/Seoul', '2027-01-31'],
  ['{schedule+1w:yyyyMMdd HH}', 'UTC', '20270207 17'],
  ['{schedule-65m:HHmm}/{schedule+7h:dd_HH}', 'UTC', '1600/01_00'],
  ['{schedule-31d:yyyyMMdd}', 'UTC', '20261231'],
  ['no places', 'UTC', 'no places'],
])('%s in %s is %s', (path, timeZone, expanded) => {
  expect(() => checkPlaces(path)).not.toThrow();
  expect(expandPlaces(path, due, timeZone)).toBe(expanded);
});

test('a day before is a day of the calendar, and hours are those that pass', () => {
  const afterTheChange = new Date('2027-03-28T22:30:00.000Z');
  const path = '{schedule-1d:ddHHmm} {schedule-24h:ddHHmm}';
  expect(expandPlaces(path, afterTheChange, 'Europe/Berlin')).toBe('280030 272330');
});

test.each([
  ['{date}', "only 'schedule' may stand in braces"],
  ['a/{schedule}', "after 'schedule' there may be an offset"],
  ['{schedule-1y:yyyy}', "after 'schedule' there may be an offset"],
  ['{schedule-1:yyyy}', "after 'schedule' there may be an offset"],
  ['{schedule:}', "after 'schedule' there may be an offset"],
  ['{schedule:YYYY}', "'YYYY' is no format"],
  ['{schedule:yyyy/mon}', "'yyyy/mon' is no format"],
  ["{schedule:yyyy'x}", 'is no format'],
  ['{schedule:yyyy', "after 'schedule' there may be an offset"],
])('%s is refused with what there is', (path, reason) => {
  const refused = (): void => checkPlaces(path);
  expect(refused).toThrow(reason);
  expect(refused).toThrow('{schedule-1d:yyyy/MM/dd}');
  expect(() => expandPlaces(path, due, 'UTC')).toThrow(reason);
});
