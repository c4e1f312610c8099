/** Whether a text is the number of a book in its old form, of ten digits, or in that of thirteen. */
export function isBookNumber(text: string, length: 10 | 13): boolean {
  const digits = text.replaceAll(/[\t\n\f\r -]+/g, "");
  if (!(length === 10 ? /^\d{9}[\dX]$/ : /^\d{13}$/).test(digits)) return false;
  const values = Array.from(digits, (digit) => (digit === "X" ? 10 : Number(digit)));
  const weight = (index: number): number => (length === 10 ? index + 1 : index % 2 === 0 ? 1 : 3);
  const sum = values.reduce((total, value, index) => total + value * weight(index), 0);
  return sum % (length === 10 ? 11 : 10) === 0;
}

const cardForm =
  /^(?:4\d{12}(?:\d{3})?|5[1-5]\d{14}|6(?:011|5\d\d)\d{12}|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}|(?:2131|1800|35\d{3})\d{11})$/;

/** Whether a text is the number of a credit card (Luhn's sum), whatever stands between its digits. */
export function isCardNumber(text: string): boolean {
  const digits = text.replaceAll(/[^0-9]+/g, "");
  if (!cardForm.test(digits)) return false;
  const values = Array.from(digits, Number).toReversed();
  const sum = values.reduce((total, digit, index) => {
    const value = index % 2 === 0 ? digit : digit * 2;
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
