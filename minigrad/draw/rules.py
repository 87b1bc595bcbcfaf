"""What the rule of each operation says, in symbols and with numbers put in.

The numbers of a pass come from the engine. These texts explain them: each is a formula in Python,
of `g` (what arrived), `a` and `b` (the operands) and `r` (the result), so that a test can evaluate
it and compare. `n` stands for an exponent, or for how many numbers a mean was taken of.
"""

import re

# operation -> what goes to each of its inputs
FORMULAS = {
    "Add": ("g", "g"),
    "Sub": ("g", "-g"),
    "Rsub": ("-g", "g"),
    "Mul": ("g * b", "g * a"),
    "Div": ("g / b", "-g * a / b**2"),
    "Neg": ("-g",),
    "Pow": ("g * n * a**(n - 1)",),
    "Reciprocal": ("-g * r**2",),
    "Exp": ("g * r",),
    "Log": ("g / a",),
    "Sqrt": ("g / (2 * r)",),
    "Sin": ("g * cos(a)",),
    "Cos": ("-g * sin(a)",),
    "Tanh": ("g * (1 - r**2)",),
    "Sigmoid": ("g * r * (1 - r)",),
    "Relu": ("g * (r > 0)",),
    "Abs": ("g * sign(a)",),
    "Mean": ("g / n",),
    "Sum": ("g",),
    "Mm": ("g @ b.T", "a.T @ g"),
    "Clone": ("g",),
}
# operation -> why, in a sentence
WORDS = {
    "Add": "a sum hands on what arrives, to each of its terms",
    "Sub": "a difference hands on what arrives, to the second term with the other sign",
    "Rsub": "a difference hands on what arrives, to the second term with the other sign",
    "Mul": "each factor gets what arrives times the other factor",
    "Div": "the upper part gets what arrives divided by the lower part",
    "Neg": "the sign changes",
    "Pow": "times the exponent, times the power with an exponent less by 1",
    "Exp": "e to the power of a is its own slope",
    "Log": "the slope of the logarithm is 1 / a",
    "Relu": "what arrives passes where the result is positive; elsewhere 0",
    "Sum": "each number that was added up gets all of what arrives",
    "Mean": "each of the n numbers gets 1/n of what arrives",
    "Mm": "a matrix product: what arrives times the other matrix, transposed",
    "Mv": "a matrix product: what arrives times the other factor, transposed",
    "Bmm": "a matrix product in each of the batch: times the other matrix, transposed",
    "Addmm": "the bias gets the sum over the rows; each matrix what arrives times the other one, "
    "transposed",
    "Expand": "what was repeated gets the sum over its copies",
    "Basic": "the part gets what arrives; all other places get 0",
    "Index": "the chosen places get what arrives; all other places get 0",
    "Stack": "each piece gets its own part of what arrives",
    "Cat": "each piece gets its own part of what arrives",
    "Unbind": "what arrives at the pieces is put together again",
    "Split": "what arrives at the pieces is put together again",
    "MaxDim": "only the number that was found gets what arrives",
    "Max": "the largest number gets what arrives; several that are equal share it",
    "MseLoss": "twice the difference; for a mean, divided by how many there are",
    "CrossEntropy": "what the network said (its probabilities) less what is true, divided by "
    "how many rows there are",
    "Tanh": "the slope of tanh is 1 - r²",
    "Sigmoid": "the slope of the sigmoid is r × (1 - r)",
}
LETTER = "(?<![a-zA-Z])[gabrn](?![a-zA-Z])"
SIGNS = {" * ": " × ", " / ": " ÷ ", " @ ": " @ ", "**2": "²", "**": "^", ".T": "ᵀ", "-": "−"}


def rule_of(node, position, letters):
    """What a node sends to one of its inputs: (in symbols, with numbers put in), or (None, None).

    `letters` has for each of `g`, `a`, `b`, `r`, `n` its name and its number, both as texts, None
    for a number that is not known: then there are only the symbols.
    """
    formulas = FORMULAS.get(type(node).__name__, ())
    if position >= len(formulas):
        return None, None
    formula = formulas[position]
    used = set(re.findall(LETTER, formula))
    if not used <= set(letters):
        return None, None
    symbols = put_in(formula, {key: letters[key][0] for key in used})
    numbers = {key: letters[key][1] for key in used}
    if formula in ("g", "-g") or any(each is None or "…" in each for each in numbers.values()):
        return symbols, None
    return symbols, put_in(formula, {key: shielded(text) for key, text in numbers.items()})


def put_in(formula, texts):
    """A formula with texts in place of its letters, in the signs of school."""
    for python, sign in SIGNS.items():
        formula = formula.replace(python, sign)
    return re.sub(LETTER, lambda letter: texts.get(letter[0], letter[0]), formula)


def shielded(number):
    """A negative number in brackets, so that no two signs stand side by side."""
    return f"({number})" if number.startswith("-") else number
