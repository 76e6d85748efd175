export { action } from './action.ts';
export { committee } from './committee.ts';
export { edition } from './edition.ts';
export { meeting } from './meeting.ts';
export { mou } from './mou.ts';
export { programme } from './programme.ts';
export { request } from './request.ts';
export { workshop } from './workshop.ts';
