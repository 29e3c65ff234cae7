/*!
 * The bitmaps below are a part of Terminus Font 4.48, packed anew by scripts/cell-glyphs.py. They, and they alone in this program, are under this licence:
 *
 * Copyright (c) 2010-2014 Dimitar Toshkov Zhekov,
 * with Reserved Font Name "Terminus Font".
 *
 * To avoid name conflicts with other products named "Terminus", the
 * archive should be distributed as "Terminus Font", not "Terminus".
 *
 *
 * -----------------------------------------------------------
 * SIL OPEN FONT LICENSE Version 1.1 - 26 February 2007
 * -----------------------------------------------------------
 *
 * PREAMBLE
 * The goals of the Open Font License (OFL) are to stimulate worldwide
 * development of collaborative font projects, to support the font creation
 * efforts of academic and linguistic communities, and to provide a free and
 * open framework in which fonts may be shared and improved in partnership
 * with others.
 *
 * The OFL allows the licensed fonts to be used, studied, modified and
 * redistributed freely as long as they are not sold by themselves. The
 * fonts, including any derivative works, can be bundled, embedded,
 * redistributed and/or sold with any software provided that any reserved
 * names are not used by derivative works. The fonts and derivatives,
 * however, cannot be released under any other type of license. The
 * requirement for fonts to remain under this license does not apply
 * to any document created using the fonts or their derivatives.
 *
 * DEFINITIONS
 * "Font Software" refers to the set of files released by the Copyright
 * Holder(s) under this license and clearly marked as such. This may
 * include source files, build scripts and documentation.
 *
 * "Reserved Font Name" refers to any names specified as such after the
 * copyright statement(s).
 *
 * "Original Version" refers to the collection of Font Software components as
 * distributed by the Copyright Holder(s).
 *
 * "Modified Version" refers to any derivative made by adding to, deleting,
 * or substituting -- in part or in whole -- any of the components of the
 * Original Version, by changing formats or by porting the Font Software to a
 * new environment.
 *
 * "Author" refers to any designer, engineer, programmer, technical
 * writer or other person who contributed to the Font Software.
 *
 * PERMISSION & CONDITIONS
 * Permission is hereby granted, free of charge, to any person obtaining
 * a copy of the Font Software, to use, study, copy, merge, embed, modify,
 * redistribute, and sell modified and unmodified copies of the Font
 * Software, subject to the following conditions:
 *
 * 1) Neither the Font Software nor any of its individual components,
 * in Original or Modified Versions, may be sold by itself.
 *
 * 2) Original or Modified Versions of the Font Software may be bundled,
 * redistributed and/or sold with any software, provided that each copy
 * contains the above copyright notice and this license. These can be
 * included either as stand-alone text files, human-readable headers or
 * in the appropriate machine-readable metadata fields within text or
 * binary files as long as those fields can be easily viewed by the user.
 *
 * 3) No Modified Version of the Font Software may use the Reserved Font
 * Name(s) unless explicit written permission is granted by the corresponding
 * Copyright Holder. This restriction only applies to the primary font name as
 * presented to the users.
 *
 * 4) The name(s) of the Copyright Holder(s) or the Author(s) of the Font
 * Software shall not be used to promote, endorse or advertise any
 * Modified Version, except to acknowledge the contribution(s) of the
 * Copyright Holder(s) and the Author(s) or with their explicit written
 * permission.
 *
 * 5) The Font Software, modified or unmodified, in part or in whole,
 * must be distributed entirely under this license, and must not be
 * distributed under any other license. The requirement for fonts to
 * remain under this license does not apply to any document created
 * using the Font Software.
 *
 * TERMINATION
 * This license becomes null and void if any of the above conditions are
 * not met.
 *
 * DISCLAIMER
 * THE FONT SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND,
 * EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO ANY WARRANTIES OF
 * MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT
 * OF COPYRIGHT, PATENT, TRADEMARK, OR OTHER RIGHT. IN NO EVENT SHALL THE
 * COPYRIGHT HOLDER BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY,
 * INCLUDING ANY GENERAL, SPECIAL, INDIRECT, INCIDENTAL, OR CONSEQUENTIAL
 * DAMAGES, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING
 * FROM, OUT OF THE USE OR INABILITY TO USE THE FONT SOFTWARE OR FROM
 * OTHER DEALINGS IN THE FONT SOFTWARE.
 */

/** First and last code point of each run of glyphs, in the order in which they are packed. */
export const GLYPH_RUNS: readonly (readonly [first: number, last: number])[] = [
  [33, 126],
  [161, 383],
  [913, 929],
  [931, 969],
  [1025, 1119],
  [8208, 8226],
  [8230, 8230],
  [8240, 8240],
  [8242, 8243],
  [8249, 8250],
  [8304, 8304],
  [8308, 8334],
  [8364, 8364],
  [8470, 8470],
  [8474, 8474],
  [8477, 8477],
  [8482, 8482],
  [8484, 8484],
  [8486, 8486],
  [8592, 8597],
  [8612, 8612],
  [8614, 8614],
  [8616, 8616],
  [8629, 8629],
  [8635, 8635],
  [8651, 8652],
  [8656, 8661],
  [8704, 8704],
  [8707, 8717],
  [8722, 8726],
  [8729, 8730],
  [8734, 8735],
  [8741, 8741],
  [8743, 8746],
  [8776, 8776],
  [8800, 8801],
  [8804, 8805],
  [8960, 8960],
  [8962, 8962],
  [8968, 8971],
  [9472, 9475],
  [9480, 9547],
  [9552, 9599],
  [9632, 9632],
  [9644, 9644],
  [9646, 9646],
  [9650, 9650],
  [9654, 9654],
  [9658, 9658],
  [9660, 9660],
  [9664, 9664],
  [9668, 9668],
  [9670, 9670],
  [9674, 9675],
  [9679, 9679],
  [9688, 9689],
  [9786, 9788],
  [9792, 9792],
  [9794, 9794],
  [9824, 9824],
  [9827, 9827],
  [9829, 9830],
  [9834, 9835],
  [10003, 10004],
  [10007, 10008],
  [65533, 65533],
]

/** Base64 of deflated rows: 24 a glyph, each a little-endian 16-bit number whose lowest 12 bits are pixels, the left one highest. */
export const PACKED_GLYPHS = [
  'eNrtHbGKXEeyX7+eeU9ivG8QCjYwxyCEkS85RcdyLL65ZTkUGYUXOFguduDQgdAOYoMNLliEA2dajssPHBgH4liMg/uM4TCOByG4CYaZ6379+nW/96q6q2a1XOJXSDM7',
  'U12vXnVVdVd1dY8Q9poD4D/vXtPMgSBfrsWm8K39+z62uecqeyZP1dyA1O/FqQH1TL8fcmSuMr9UV2qaz8Ssbr/QcJg9zh7LQznEXmZTaWGW3Yi5xnqoyhoeyp+zITeQ',
  'HKLPG3DhwXwy098Nr0X9jfkuBPssC/QupZxm1xpjU8zFtZZxKeNcuecw+NwnCtsvEnibQux54VyVGrxMrGRFpkEK4KlXWhZKXxP1UD1Wp+pCqZEam09KrUHQfY0WzCVk',
  'B+scp6+vmq+mnww3Cnr6Bl8YKMVK/7PvMX6UmIiH4rHW+QuhMtXca1PYVqDElYNVUfo/EPrrmtMWX/kLxtd3bp612wtYfwXyqSl2/4rj60tuMvcEWlo5VV/SOg3hQ/o8',
  '6NVs0dhuCcof0v2oFfQo9u4WkU/Z+pbYE6+1zkj1mTpRr1r4s/qDEajcpuWvmv52Kj7Eb3Wm7OuP/hunLzoQ0YcOTZWkH+q/0ejwrw0TH+rgLv8vkvbS5bkrTVCe2Vxg',
  'ANH/rLbEHtTj11QuQX70N2qmR9OFEiMxFqOFfj/Tn5UgPz15qJQ8pRqP74/uj16rv2qQPYjIZ6xGF9o/P9Z+ehKVT1c/U/IP9adk9G//OlVPjPcaNBnQT8jT0m/u3lCM',
  '+Wc/QmMzs5i+KbJ+ltKAnYVdCwMw/X6Pml5+rUyPj8dY/zrKhuZ1PQM0n8D928W/Tj6vGwn7Yy+mn6veTCyEFeahpZlf+HmbnZ0ZS4PoT1FYDcYgO1dTSnywq33melTZ',
  '/1rlVjM37ZzDjMW4fxj6adg/g3ZQjwDY/Ef1+VBRfgZ27Dy8kmsA/7id29Hsq5XzgJ+JfJ8B8xRUPrD+u/veZDT/XzZ6eASNA8Ja0rKvzdKYcWliHjmXi3yuX6fGIoH5',
  'xg1zPPJ+8Zn2mX2I4dPkg/tpWH9w+p3RgNC/4Vx0eL1w42lifGnnZbnTfv2uUVAovphH9PM4op+AMKP24keB0POm6Ye9u87j+C5KdV4v1r9D9hH7CsYBSvx12IlXFoF2',
  'z/R3uPyp46+hOGvhMHhv7hb3uRe5keKRosUtdH/Vy6LUgGVQljZ70MCy8P5C6w/iz2XtW8NpgY06cD3w8wGn2fb/uPyxT8LRtzSZgKx+igYuxVfWF2arQR5qv7HRPN27',
  'es4jNZjXd8Doss7acctKT3+/yan3eKQj/kvNpfbQSntn/RSn+rP4yE9wOwMvRH7e+jn1k44ejR7oV+B5c/YcQ7g+Wu2Zf+rmr/r62dBvvcI6I/CjNQXSFzivt/818G46',
  '7vkZGI82eehhf8pPRQj75tB4cl50c2Ok8d9K03sEK026/oda7y1hmC1dZAu5EBca46rukUtxmD2Rz9SlWAMz9CH+Qhxlp9ozWi15MZj9zORMP/VMPJb/zgzGM/GteKJ9',
  '6aVagxFA1z/bkQicnzTzc2q+xekbFd+OsnT8S/1MTyWDn8Z/UvGXdYslO7+0zfVoVTrYVP79vHxZcvNLgT438qfmi5z8qfhO/mT6jTzJ+atWf2jzc68/NHyvP0T6rT7w',
  '4oXuvPynCosfnX6S80WIfWHxAmZfGD5mXxg+Zl8oP4h90eKd4Vw7FkeNofWRCeyvqPklJ08qvpMnmX4jn3344eSXhtF7PG5c5tNm/XDajfnH5WgF9YLTU2K+pdVTIn6r',
  'p0T8Vk+p/Dg9JeK34wA1v9Rcb4sTYeDH4mXj/U/Kt+z8ErDKM/AT8XzR0E/E8Yd+IkF/YPdxfMc/NV/k+KfiO/7J9Bv+qfhnhv98Rs7ntPpJzReh4wBMHx8HsPVibBxI',
  '8E/lBx0HcP/fj4goccC7bCK7Y0A5Xt3D5UnNL0XGgai/ItPHxwEmP9z8LTwO4Pz06dt4mTsfbtsl/KcZ41YZn37bjuif4/RtjcABeX3B4/ftkLpe3G2Hry/07ZZKv9su',
  'Rn++F//ddjh9O7vbQz6ddgT6xPV3h89dr6HO/705viTSt3bCrQcY2iU8/jo74dIf2iVM3+kBl35f71Lzhzj9iP2C9G1u/SjQBy7/fb3G5QPZ7wvyeJ1av+v3E5V+qxcJ',
  '+rB/SNO3awn09ccU/e6MeEqmD4/TeH2Lw+euh9rPtxW1fkaom4pC38/DePkK1y49v3V+hLt+atul6Hv95NF37ajz8zh9W335FXn92uN7/d9vfZnK/8HBUAsuGvgacGyy',
  'voQYj+XwamLQ43rd/WG9HsOtv3LtqOv1qXqtQUSbWN9H6xxT9QC2qoZcDxaLM6P9m6Df5z9F3+G7cYXMf4N/G/6nNcTHu5D+n2pI0G/XZhdS5Pp1LO67T7Z5jP5zcdZb',
  'wYnm64j1eO18m+XPcfqYfmL0+/3L5j86z0X6tvxQz2uJPSXXw4T4cPyYzg9g7br4WPxInf+k6Ns1PT59vB2M310/ehGsHs3VNo+tjJ+qk9JAm29U4eolpPeU+k/Xjlov',
  'lKKP2QtKv9FgSO9J/DftUvyDcTih3tW1S9VHgXE4gb5rR62/itPHd8HA9D0+GIdT5NO0o/Ifrx92lUnUejO3GymM72j1UQ6fW8/Wpd9vlaqX684uj0VkPZHofyLtwPwD',
  'l36kHZjf49KPtOvQd+s0XPqRdh36zo9z6UfagfmlOP1h/BKvn/T5EOdHuPXw/bgZq58M8TjrlXj+vBu/h3lqCn1f/8Crtw/bxeozfb6LRz9sF6Pv/RWT/6Adpb70mFkv',
  'etf7rTZFLOLB5Gl3gFgdsTtDmkwcM3+IVylS5c/fPxXK8/0ouT+IGd9x90/F5Anh3/X+qa6Mu08Y2a9K9s/9Hkr2F3N/Vq1vwZ7JlD3us3+K529tZXUfbHV1uv45tR/q',
  'VGG0af7E9ZW5y8fF/vVa3PGi7/9/yT6WpQrhY/kLaf6/zN0KFTS/jecfhmoUy0sdAXj4em58vwn1edF6oUSdUX/XXrcvwtptaync/TJU+ds1osAK293kQq6b/TKHrPxG',
  '93G7VcSbvF9RzMkPH8XqsYn7ocKdgNc96+XsZ8HqvYf9G9+Ps/H792W4lz8pf6Y+wH49VX/VoT9ejVL7bju+P8r/NtM9xOKfqQ9Mez+SuJe+m3EgTt9JP2zxQ36LemNX',
  'QV+5bPMqLzuTk7KOi+P10un5Z1cPlkVqfyg3f3LX9czc9aCbID/5dXlanrRwqv8G5htBBvPr8qcqhY/3l+r4N5//J85ve3Vgw/NVunqM5B2S53vEZpPOpm8TT62756Wk',
  'z6+44/jrhT3nBQK5LYZRANd+Q//xPFuK553ZK+rH6efV7KkPKfx946+NPTUHAlOe9uHir73i0/9/PMWtH7vleRQJe8eiKTyi2ud8CeSS20wODpHCuMf2WcK81wDmJ2P4',
  'ED9iogGsoIH9j9fdH4tH6kEAj/QnsfVrGv3QPyhjbQn/cKxOAvixCP86Tu3D1xLsnoUVmX8S61f9nJn2vKGdWVi3FrouYvNPmv9v+TJ7UWUXrC9IzbcT+wU6etcfA+Lx',
  'oGV5LWLrTfH8+f7rEXvHa7FxIBqvTcYPR//QMqHFO/AYwIqPPmz8xTzvgnoeS3wc4OgDfp7DHBwH8BMf/Thwm/MlYP8/wO+MASn7Svv/GH6MH3HQn9Pr/kra40VhMsQW',
  '9Fwrfi4di74fBzZR/z8cB/wYcBwR6CZv7Sv3IwCUn2Hu5+Lut4rWlw7reRJxcEKePgam5+so58nc3X4u9nlEnTg4jIDheLYfB/sYGMEn1gMP4mByPpC3Hwof7+Ln21Dj',
  'X6iWgH5x8bnnu3Lxtx8c/yoK/Ms+kf1/xjwfmHqK7r6UfJUP7TK1FRZolzu1eSZvy7+7b/dEHkf/ki0JLEql4qcty6xMrDMLqz2eGJ9vT/Mrda1meXi28ZfytXytvlRw',
  'r1M1zp+4zT/5KFzl8efVRq4AK1gf6kmwzEJYJXk4FE/EM60npZZ6Gb+/Xd2uYZXZ0WeVPP+nxSfxs25OF/KnIKfoO7o0+g5v3YyeK6L2uyq5u/D6DpfSZtY59zzthxZi',
  '3j0vLXmHVdbVIL4dcnWQdwbS3Z5B9atN/GoTboW8jhQq/z+2Pj4rPyk/nXw6+eT+7P7s3uzedfnP8kzD78qZBtDCcjUawunoSY6ch9zilKPVaD66Hj0fPRk9NBWRwOzs',
  '79Xv5W/loxpo8y3VnIn/RDw3q+LZQro6dHr90rAepi91W1G0rVy1Ea5dLn/GyYe40963lauES83sQnB5u3lkllvWJzDuKllrwhWL/zT9V0JmUtPfavr6NXuV0vpyWpal',
  'KvXz6tcpqGkYP54b8LzxADxX8V5bFIvsUpodgLTcm/DaYGKMps+iM62mdy2+5SZu5eYOOnqZiMm2iPF+pu392+wbPRvkxC9W3zbVWBvKpoppHET1tfpGfqu9yVlC37ZF',
  'Psk1/zGNg/iP0Xf9s86Hp5PPUf/Qrkf0/houdWwK40vMqoLJKm0Kk1lqVmBlk7MBdO699ip+vVJrzwgbePn1tPhp7ODzBvWzQgVZJq1DG8BWTB5c0653Js5MBkEt7Epq',
  'LvKNRGou23s09AHa7loWU79GHMjf6NyyGK411RnGzHiQV+JEbPNH4oGG+/Uy1/sczn76e1j6IO1b5R/Cc3NSv5IzPJE3/as6QP1z/FKcXx4JbS1mtQdgnYrWDh1xP9Pj',
  '62GE9g85XFeE8q/SJ2/cJj/Tr8ej5P+H1ZP01Zr4+gv3vD579rM5+dm9psS5Kbz+1FZJ0vr0b9Lgv3aDtJFIpC/xe3D8p9NkN6MJYcv8fYcFGE9MIwCN1Lzfj5gyfg9i',
  'eO0qXjS7q7AWcyacMQG+vv+Ix//3H2Etwjk15X3IGeU9fJ0zKl0s/jkTnyfPc7QFfN1UPP5vKqwFMtpXPP6XFdYCvus5Ky6a1/LBPAgE5xGPA+Ofs/i5qQQTH2sB87Os',
  'ePwb+fPkyfMauP5j8uTS53klPv45+3m59Dn6j9svrj8c+S+Z9HF7x+hz8Xkc4f4Ep8/xVzum/9wx/eeuOmfS3zHp8/zzji2fcyb9Hcv/75j+c4f6Twz/nEl/x/LPO6Z/',
  '3qH+GcM/Z9LfMeXD8w+4/uPy5+HvWP6Nzz/PX/Hxb5j8c+WzZNrXOZP/XcXtLx79JROfzz/dX1lbgS3migl4dHHO8ecs+rs6Kn1Dxre6CWsokhepOPysKhP1XoFt8Nnn',
  'OSNPtGPV/byp5bMj+0MnHzo/q4qV56rlA7eJyQf67gp5Yo7OvonoT0w+dH6uKpYVRfQnZr+c+RLLvmr6b8j6zPcnO5b+vInQx0f3HaO/dqz+ehORD3wVzS/mkVdSJyJ3',
  'u7HjUGf/co1PnO/ZX+8rIguCfrN79BfpHULZLFlEfk02+FqYIod6i0K9092sp121Y9VVnQ21++INTl1ygXh03vyZXh/hRjDeNRf8fBRnfnvG5p/3BNz8Jze+4NPnyocm',
  '/3U+BKqMtoUHaC0iBrislsL8dtgqM5wYzG21xXPjE6Hlsqo2era30a9aRhVu+Xx8c2/Dg+HF8GR4i9lOrsn9Uc8zdrmef+Y7/b4SMXFy8ee1bIxcDF+Gp2XUkv0OGXOE',
  'gts1Q6+Uo9W7xutjzUy8C1VVHFioqh0Bquq/BxYgfK/J5ill+d297+7ZbXTv7v2nfoX3R1gpbqvPDz4/MK/b6uDgN5XtcWw/xUnpalT+VbnqlZOScj6PO0MSrzd+WR/w',
  '+0A8EidAW8xWrDY4+EuO1ypaq7L6+0Vhn/iLIl7beJi/bTCdXOIax9HPbSZr2DZ1ih04wOolhjuvzX43eE2xM2qbKgizyyObZwuk3tTUzJhqhEMNTydPJ2fjs/FNfpMv',
  'Mvj3fGu6tU0Zf/tcXIoLPxuApGnojp/my9qPmOqYv2WmGqO+Mfq88H4Qj/c//dW9pQ==',
].join('')
