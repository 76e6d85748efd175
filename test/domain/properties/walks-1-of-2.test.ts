import { keepTheirPromises } from './promises.ts';

keepTheirPromises(1, 2);
