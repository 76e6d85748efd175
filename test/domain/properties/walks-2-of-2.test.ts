import { keepTheirPromises } from './promises.ts';

keepTheirPromises(2, 2);
