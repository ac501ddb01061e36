import './element';
import { merge } from './merge';

merge();
