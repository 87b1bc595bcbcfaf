"""Floor 3. Second names: `multiply` for `mul`, `arcsin` for `asin`, `greater` for `gt`."""

from ..tensor import Tensor
from .arithmetic import mul as multiply
from .arithmetic import neg as negative
from .arithmetic import sub as subtract
from .choices import clamp as clip
from .comparison import ge as greater_equal
from .comparison import gt as greater
from .comparison import le as less_equal
from .comparison import lt as less
from .comparison import ne as not_equal
from .divisions import div as divide
from .elementwise import abs as absolute
from .hyperbolic import acosh as arccosh
from .hyperbolic import asinh as arcsinh
from .hyperbolic import atanh as arctanh
from .shapes import transpose as swapaxes
from .shapes import transpose as swapdims
from .staircases import trunc as fix
from .trigonometry import acos as arccos
from .trigonometry import asin as arcsin
from .trigonometry import atan as arctan
from .trigonometry import atan2 as arctan2

Tensor.multiply = multiply
Tensor.negative = negative
Tensor.subtract = subtract
Tensor.clip = clip
Tensor.greater_equal = greater_equal
Tensor.greater = greater
Tensor.less_equal = less_equal
Tensor.less = less
Tensor.not_equal = not_equal
Tensor.divide = divide
Tensor.absolute = absolute
Tensor.arccosh = arccosh
Tensor.arcsinh = arcsinh
Tensor.arctanh = arctanh
Tensor.fix = fix
Tensor.swapaxes = swapaxes
Tensor.swapdims = swapdims
Tensor.arccos = arccos
Tensor.arcsin = arcsin
Tensor.arctan = arctan
Tensor.arctan2 = arctan2
