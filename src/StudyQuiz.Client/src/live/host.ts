import './projector';
import './remote';
